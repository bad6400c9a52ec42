"""Benefits: what the company offers beside the wage, and who takes part from when."""
