"""The smallest plugin there is."""
