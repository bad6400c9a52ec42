"""Asking several suppliers, comparing what they answer, choosing."""
