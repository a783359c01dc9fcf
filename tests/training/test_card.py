from __future__ import annotations

import json

from kg.reader.package import SHIPPED
from kg.training.calibrate import Crossed
from kg.training.card import tell_scores, write_card


def test_a_card_tells_corpora_and_scores() -> None:
    crossed = Crossed(
        {"basedIn": (3, 1, 2), "offers": (0, 0, 0)}, (0.8,) * 4, (True,) * 3 + (False,)
    )
    meta = {
        "name": "reader",
        "version": "1",
        "description": "Reads.",
        "licence": "Apache-2.0",
        "commit": "abc",
        "seed": 1,
        "corpora": [{"name": "own", "articles": 2, "licence": "Apache-2.0", "what": "our words"}],
        "scored on": "valid",
        "scores": tell_scores(crossed),
    }
    card = write_card(meta)
    heads = [line for line in card.splitlines() if line.startswith("## ")]
    assert heads == [
        "## What it is for",
        "## What it lacks",
        "## Learned from",
        "## Scores on valid",
    ]
    assert "| own | 2 | Apache-2.0 | our words |" in card
    assert "| basedIn | 5 | 0.750 | 0.600 | 0.667 |" in card and "offers" not in card
    assert "calibration error: 0.35." in card
    told = "Learned from own alone: F1 0.5."
    assert f"our words |\n\n{told}\n\n## Scores" in write_card({**meta, "alone": told})


def test_the_shipped_card_is_written_from_its_meta() -> None:
    meta = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))
    assert (SHIPPED / "README.md").read_text(encoding="utf-8") == write_card(meta)
