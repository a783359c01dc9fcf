"""Countries of a page: one for all its names, called as the page's language calls it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kg.names.key import fold
from kg.values.language import known_languages, load_language
from kg.who.registers.countries import country_code


def find_countries(names: Iterable[str]) -> dict[str, str]:
    """Find the codes of countries by their names in any language, variants and demonyms too.

    >>> find_countries(["Belgique", "Belgium", "belge", "Syldavie"])
    {'Belgique': 'BE', 'Belgium': 'BE', 'belge': 'BE'}
    """
    found = {name: find_code(name) for name in names}
    return {name: code for name, code in found.items() if code}


def find_code(name: str) -> str:
    """Find the code of a country; of no country it is empty."""
    if code := country_code(name):
        return code
    for language in map(load_language, known_languages()):
        usual, _ = language.places.get(fold(name), ("", ""))
        if code := country_code(usual or language.demonyms.get(name, "")):
            return code
    return ""


@cache
def name_countries(lang: str) -> Mapping[str, str]:
    """Return the name of each country by its code, as articles of a language write it.

    >>> name_countries("fr")["CN"], name_countries("en")["CN"]
    ('Chine', 'China')
    """
    from babel import Locale

    listed = load_language(lang).table("places")["countries"]
    return {**Locale(lang).territories, **{country_code(name): name for name in reversed(listed)}}
