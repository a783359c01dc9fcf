"""Readings to RDF and back."""
