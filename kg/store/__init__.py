"""Graphs that last, and what names mean in them."""
