"""Is whoever knows the password also who they say? Codes of an authenticator, and spare ones."""
