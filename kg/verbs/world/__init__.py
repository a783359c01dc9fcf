"""Verbs about one world of many articles: who is who, what is claimed, what is decided."""
