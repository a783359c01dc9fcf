"""Names, dates and bytes that fuzzed inputs share."""

from __future__ import annotations

import random
import re
from pathlib import PurePath

from fuzzed import mutate

NAMES = (
    "Nordil", "Vasco", "Hexo", "Orvane", "nordi", "Jeanne Ferrand", "", " ", "\t", "*", "?", "'",
    '"', "\\", "} . ?x ?y ?z . {", "<urn:a>", "https://pressgraph.example/id/o/nordil", "o:nordil",
    "é" * 400, "\u202e", "\x1b[31m", "=1+1", "org:Nordil", "person: Jeanne Ferrand", "siren:1",
    "siren:552120222", "lei:X", "wikidata:Q1", "#", "article:projets", "%s{0}", "\ud83c", "\x00",
    "kg:Company", "a\nb", "\u2028", "-x", "--", "Nordil\u0301", "ſ", "İ",
)  # fmt: skip
QUESTIONS = (
    "about", "partners-of", "plans", "deals", "evidence", "said-by", "sources", "positions",
    "market-shares", "ownership-chains", "disagreements", "denials", "news", "board-links",
    "companies-by-area", "partner-of", "x",
)  # fmt: skip
DATES = ("2019", "2019-06", "2019-06-11", "2019-13", "hier", "", "-1", "2019-06-11T00:00:00Z")


def clean(argument: str) -> str:
    """Return an argument as a shell can give one: without zeros, halves of characters as bytes."""
    return re.sub("[\ud800-\udfff]", "\udcff", argument.replace("\0", ""))


def pick(rng: random.Random, *options: list[str], chance: float = 0.3) -> list[str]:
    """Return some of some options."""
    return [clean(part) for option in options if rng.random() < chance for part in option]


def make_bytes(rng: random.Random, seeds: dict[str, bytes], tokens: tuple[bytes, ...]) -> bytes:
    """Return a seed with faults, two seeds in one, or what no seed has."""
    match rng.randrange(12):
        case 0:
            return b"".join(rng.choices(tokens, k=rng.randrange(40)))
        case 1:
            return rng.randbytes(rng.randrange(300))
        case 2:
            one, two = rng.choice([*seeds.values()]), rng.choice([*seeds.values()])
            cut, end = rng.randint(0, len(one)), rng.randint(0, len(two))
            return one[:cut] + two[end:]
        case _:
            return mutate(rng, rng.choice([*seeds.values()]), tokens)


def name_file(rng: random.Random, name: str, endings: tuple[str, ...]) -> str:
    """Return a name with a seed's ending or another one."""
    ending = "".join(PurePath(name).suffixes) if rng.random() < 0.7 else rng.choice(endings)
    return rng.choice(("x", "x", "x", "d\u00e9p\u00eache 1", "x=y;z", "a.b")) + ending
