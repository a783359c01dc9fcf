"""Dates that a file declares of its articles."""
