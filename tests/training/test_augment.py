from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tiny_network import tiny_articles

from kg.errors import DataError
from kg.training.augment import Names, swap_names
from kg.training.marked.checks import refuse_copies, warn_few


def test_all_mentions_get_the_same_other_name_and_places_move_along(tmp_path: Path) -> None:
    article = tiny_articles(tmp_path)[0]
    names = Names([article])
    names.words |= {"Organization": ["Nordil", "Vasco"], "Person": ["Quentin", "Marie"]}
    other = next(
        swapped
        for seed in range(20)
        if (swapped := swap_names(article, names, Random(seed))).text != article.text
        and "Valcorne" not in swapped.text
    )
    forms = {other.text[m.begin : m.end] for m in other.marks if m.key == "o1" and m.named}
    assert len(forms) == 1 and forms != {"Valcorne"}
    for old, new in zip(article.facts, other.facts, strict=True):
        before, after = article.text[slice(*old.evidence)], other.text[slice(*new.evidence)]
        assert len(before.split()) == len(after.split())
        for slot, place in new.slots.items():
            was, now = article.text[slice(*old.slots[slot])], other.text[slice(*place)]
            assert was == now, slot


def test_a_copy_of_what_is_held_out_is_refused(tmp_path: Path) -> None:
    articles = tiny_articles(tmp_path)
    refuse_copies(articles, [])
    with pytest.raises(DataError, match=r"a: shares .* runs of 7 words with b"):
        refuse_copies(articles[:1], articles[1:])
    assert len(list(warn_few(articles))) == 15
