"""Marked articles: read, written, checked, and as readings."""
