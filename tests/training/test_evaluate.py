from __future__ import annotations

from collections import Counter
from pathlib import Path

from tiny_network import tiny_articles

from kg.reader.reading import Found
from kg.reader.types import Limits, Mention, Scored, Thing
from kg.training.evaluate import check_details, count_things, judge_facts
from kg.training.marked.corpus import MarkedArticle


def thing(article: MarkedArticle, form: str, label: str) -> Thing:
    begin = article.text.index(form)
    return Thing(label, (Mention(begin, begin + len(form), 0, 0, "name", label),))


def found_in(article: MarkedArticle) -> Found:
    """Return a reading with two right facts, one of them said twice, and a wrong one."""
    text = article.text
    forms = (("Valcorne", "Organization"), ("Brisol", "Organization"), ("belge", "Place"))
    things = [thing(article, form, label) for form, label in (*forms, ("5 %", "Figure"))]
    begin = text.index("va racheter Brisol")
    amount = text.index("12 millions d'euros")
    bought = Scored(
        0, "acquired", 1, 2.0, "planned", evidence=(begin, begin + 18),
        values={"amount": (amount, amount + 19), "by": 0},
    )  # fmt: skip
    again = Scored(0, "acquired", 1, 1.0)
    return Found(
        (*things, thing(article, "mai", "Product")),
        (bought, again, Scored(0, "marketShare", 3, 0.5), Scored(1, "basedIn", 2, 3.0)),
    )


def test_facts_are_judged_the_surest_first_and_each_once(tmp_path: Path) -> None:
    article = tiny_articles(tmp_path)[0]
    judged = judge_facts(article, found_in(article))
    assert judged.facts == (
        ("basedIn", 3.0, False),
        ("acquired", 2.0, True),
        ("acquired", 1.0, None),
        ("marketShare", 0.5, True),
    )
    assert judged.wanted == Counter(acquired=1, basedIn=1, holdsPosition=1, marketShare=1)


def test_details_and_things_are_counted(tmp_path: Path) -> None:
    article = tiny_articles(tmp_path)[0]
    found = found_in(article)
    limits = dict.fromkeys(Limits().thresholds, 1.5)
    told = check_details(article, found, limits)
    assert told["modality", True] == told["evidence", True] == told["amount", True] == 1
    assert told["by", False] == told["date", False] == 1
    assert count_things(article, found, {0, 1, 2, 4}) == (3, 1, 1)
