"""Jobs: what people are employed as."""
