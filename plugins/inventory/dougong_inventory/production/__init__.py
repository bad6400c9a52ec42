"""What the warehouse does for production: hand material over, take goods in."""
