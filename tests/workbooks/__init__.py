"""Class workbooks: written, read, patched, and what people do to them."""
