"""Texts to what they name and say, by a small network that has learned it."""
