"""The rules: pure functions from rows to issues."""
