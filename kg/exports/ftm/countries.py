"""Countries by their names: what FollowTheMoney has codes for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.names.key import fold

#: Codes of regions, islands and unions that are no countries there.
OTHERS = frozenset(("AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))


@cache
def country_codes() -> Mapping[str, str]:
    """Return the codes of countries by their folded names in French and English.

    >>> country_codes()["coree du sud"], country_codes()["germany"]
    ('kr', 'de')
    """
    from babel import Locale

    return {
        fold(name): code.lower()
        for lang in ("fr", "en")
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and code not in OTHERS
    }
