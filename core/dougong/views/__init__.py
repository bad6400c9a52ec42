"""Saved views: the filters, order and columns of a list that somebody wants to see again."""
