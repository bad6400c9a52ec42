"""Whether what is made and bought is good, and what keeps the machines running."""
