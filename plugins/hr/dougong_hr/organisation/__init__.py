"""The organisation chart: who works for whom, drawn."""
