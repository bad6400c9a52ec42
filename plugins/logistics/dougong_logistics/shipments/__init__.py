"""Shipments: parcels on their way."""
