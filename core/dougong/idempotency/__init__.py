"""A request that is sent twice acts once."""
