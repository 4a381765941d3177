"""Class workbooks as .xlsx files: written, read, patched."""
