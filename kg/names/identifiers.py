"""Identifiers of registers: SIREN, LEI and Wikidata's, checked by their digits."""

from __future__ import annotations

import re

from kg.errors import DataError

#: What tells an identifier's register, as it stands before a colon.
SCHEMES = ("siren", "lei", "wikidata")
#: Those that articles tell, and by which properties of the ontology an organization has them.
TOLD = ("siren", "lei")


def read_identifier(scheme: str, text: str) -> str:
    """Return an identifier as its register writes it; raise DataError if its digits do not fit.

    >>> read_identifier("siren", "552 120 222"), read_identifier("wikidata", "q9531")
    ('552120222', 'Q9531')
    """
    told = re.sub(r"[\s.\xa0-]", "", text).upper()
    fits = {"siren": is_siren, "lei": is_lei, "wikidata": is_wikidata}[scheme]
    if not fits(told):
        raise DataError(f"'{text}' is no {scheme.upper()}: {FAULTS[scheme]}")
    return told


#: What an identifier should be, by its scheme.
FAULTS = {
    "siren": "nine digits of which the last one checks the others (Luhn)",
    "lei": "twenty letters and digits of which the last two check the others (ISO 17442)",
    "wikidata": "Q and a number",
}


def is_siren(text: str) -> bool:
    """Tell whether nine digits pass the check of Luhn (ISO/IEC 7812-1).

    >>> is_siren("552120222"), is_siren("552120223")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(text))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def is_lei(text: str) -> bool:
    """Tell whether twenty letters and digits pass the check of ISO 17442 (mod 97).

    >>> is_lei("969500T3MBS4SQAMHJ98"), is_lei("969500T3MBS4SQAMHJ99")
    (True, False)
    """
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text):
        return False
    return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def is_wikidata(text: str) -> bool:
    """Tell whether a text is the number of an item of Wikidata.

    >>> is_wikidata("Q9531"), is_wikidata("P31")
    (True, False)
    """
    return re.fullmatch(r"Q[1-9][0-9]*", text) is not None
