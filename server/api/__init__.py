"""The service over HTTP: one module a resource, every view a few lines."""
