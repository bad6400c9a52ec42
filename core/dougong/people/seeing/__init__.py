"""Seeing the house as another person sees it: to look, never to act."""
