"""The same job over HTTP on systems that a user could run instead, beside ours, where they are installed."""
