"""What the goods in the house are worth."""
