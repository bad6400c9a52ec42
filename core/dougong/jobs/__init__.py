"""Work for later, in the same database as the business it belongs to."""
