"""The database backend of web processes."""
