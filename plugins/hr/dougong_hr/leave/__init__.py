"""Leave: what people are entitled to, ask for and take."""
