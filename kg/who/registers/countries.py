"""Countries by the names that articles and registers give them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.names.key import fold

LANGUAGES = ("fr", "en")
#: What the press calls some countries, beside their names.
OTHERS = {
    "usa": "US", "u s": "US", "etats unis d amerique": "US", "united states of america": "US",
    "uk": "GB", "grande bretagne": "GB", "great britain": "GB", "angleterre": "GB",
    "england": "GB", "hollande": "NL", "coree du sud": "KR", "south korea": "KR",
    "emirats": "AE", "republique tcheque": "CZ", "czech republic": "CZ", "hong kong": "HK",
}  # fmt: skip


def country_code(name: str) -> str:
    """Return the ISO 3166 code of a country by its name in French or English, or by its code.

    >>> country_code("France"), country_code("États-Unis"), country_code("DE"), country_code("Lyon")
    ('FR', 'US', 'DE', '')
    """
    if len(name) == 2 and name.isascii() and name.isupper() and name in country_codes().values():
        return name
    return country_codes().get(fold(name), "")


@cache
def country_codes() -> Mapping[str, str]:
    """Return the codes of countries by their folded names."""
    from babel import Locale

    named = {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "XA", "XB")
    }
    return {**named, **OTHERS}
