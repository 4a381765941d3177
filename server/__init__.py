"""The service: authoritative records, locks, accounts."""
