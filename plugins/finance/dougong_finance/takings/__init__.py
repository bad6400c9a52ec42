"""Money that was taken on the spot: by a till, a machine, a driver."""
