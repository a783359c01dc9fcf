"""Addresses that a user names, fetched: those and no others."""
from kg.errors import ArticleError
def fetch_page(name, options):
    raise ArticleError(f"{name}: an address")
