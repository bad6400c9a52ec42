"""Parties: the people and organisations the house deals with."""
