"""The core: what a sheet is and what is right in it; no input, no output."""
