"""What customers send back: announced, taken in, inspected line by line."""
