"""Tables that formulas look values up in: rates by date."""
