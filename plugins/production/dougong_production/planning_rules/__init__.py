"""How each product is planned: made or bought, how long it takes, in which lots."""
