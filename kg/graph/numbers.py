"""Numbers and modalities that a graph holds, and what stands for one that is none of ours."""

from __future__ import annotations

import re
from typing import get_args

from kg.model import Modality
from kg.ontology import KG

#: How facts are put.
MODALITIES = get_args(Modality)
#: Digits of a number that is one of characters or articles: one of more is none.
COUNT = re.compile(r"[0-9]{1,15}")


def read_count(text: object, missing: int = 0) -> int:
    """Return how many a graph says that there are; `missing` for what is no such number.

    >>> read_count("12"), read_count("-1"), read_count("urn:a", 1)
    (12, 0, 1)
    """
    told = str(text)
    return int(told) if COUNT.fullmatch(told) else missing


def read_modality(iri: str) -> str:
    """Return the modality that a graph names; one that is none of ours is possible.

    >>> read_modality("https://w3id.org/pressgraph/ontology#Denied"), read_modality("du groupe")
    ('Denied', 'Possible')
    """
    name = iri.removeprefix(KG)
    return name if name in MODALITIES else "Possible"


def read_chance(text: object) -> float:
    """Return how sure a graph is of something, 0 to 1; what is no such number leaves no doubt.

    >>> read_chance("0.75"), read_chance("?"), read_chance("NaN"), read_chance("1e99")
    (0.75, 1.0, 1.0, 1.0)
    """
    try:
        chance = float(str(text))
    except ValueError:
        return 1.0
    return chance if 0 <= chance <= 1 else 1.0
