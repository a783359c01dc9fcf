"""Digests are told apart into their pieces, and single articles stay whole."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from digests import PIECES, make_digests
from texts import TWINS, as_text

from kg.model import Article
from kg.sources.articles import find_articles
from kg.sources.filenames import split_name
from kg.sources.source import Options
from kg.sources.splits import split_digest

ROOT = Path(__file__).parents[2]
#: Articles of our own wording that are no digests.
SINGLE = [
    path
    for folder in ("examples", "tests/gold")
    for path in sorted((ROOT / folder).glob("*.fr.txt"))
    if path.name != "breves-operations-2024.fr.txt"  # a digest indeed
]
#: Lists inside one article, and sections of one.
WHOLE = (
    "Le groupe prévoit trois usines :\n- une à Lisle, pour les solvants ;\n- une à Évreux ;\n- une à Turin.",
    "L’accord en trois points\n\nIl prévoit :\n\n• Un siège à Genève, où travailleront dix personnes de plus.\n"
    "• Un directeur nommé par Orvane pour cinq ans, sans droit de veto.\n• Un partage des brevets par moitié.",
    "— Vous partez donc pour Lisle ce matin ?\n— Oui, et avec toute l’équipe de la rédaction.\n"
    "— Qui vous y attend, au juste ?\n— Le directeur de l’usine, et quelques élus.",
    "Orvane à l’épreuve\n\nUne usine vieillie\nLe site d’Orvane à Lisle date de 1961. Orvane y a investi.\n\n"
    "Des clients inquiets\nLes clients d’Orvane attendent Lisle.\n\nUn patron contesté\nLe patron d’Orvane, à Lisle, se tait.",
)  # fmt: skip


def test_pieces_of_digests_begin_where_they_do() -> None:
    digests = make_digests()
    assert len(digests) == 20
    right = found = wanted = 0
    for text, begins in digests:
        spans = split_digest(text)
        got = {begin for begin, _ in spans} if len(spans) > 1 else set()
        right += len(got & set(begins))
        found += len(got)
        wanted += len(begins)
    precision, recall = right / found, right / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.95


def test_single_articles_stay_whole() -> None:
    texts = [as_text(twin) for twin in TWINS.values()] + list(WHOLE)
    texts += [path.read_text(encoding="utf-8") for path in SINGLE]
    texts += [f"{piece[1]}\n\n{piece[2]}\n{piece[2]}" for piece in PIECES]
    texts += ["\n\n".join(twin[:2]) for twin in TWINS.values()]
    texts += ["\n".join(twin) for twin in TWINS.values()]
    texts += [f"{one[2]}\n{other[2]}" for one, other in pairwise(PIECES)]
    texts += [
        f"{one[1]}\n\n{one[2]}\n\n{two[2]}" for one, two in zip(PIECES, PIECES[2:], strict=False)
    ]
    texts += [
        f"{one[0]} – {one[2]}\n\n{two[2]}" for one, two in zip(PIECES, PIECES[3:], strict=False)
    ]
    assert len(texts) >= 100
    split = [text[:60] for text in texts if len(split_digest(text)) > 1]
    assert split == []


def test_a_digest_gives_an_article_a_piece_when_asked(tmp_path: Path) -> None:
    text, begins = make_digests()[0]
    path = tmp_path / "breves.txt"
    path.write_text(text, encoding="utf-8")
    assert len(list(find_articles([path], Options()))) == 1
    parts = list(find_articles([path], Options(split=True)))
    assert [part.name for part in parts if isinstance(part, Article)] == [
        f"breves-{at}" for at in range(1, 1 + len(begins))
    ]
    assert split_name(path)[0] == "breves"


@pytest.mark.parametrize("text", ["", "\n\n", "un", "* * *\n* * *\n* * *"])
def test_what_holds_nothing_is_one_whole(text: str) -> None:
    assert split_digest(text) == [(0, len(text))]
