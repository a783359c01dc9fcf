from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tiny_network import tiny_articles

from kg.errors import DataError
from kg.training.augment import (
    Names,
    crop_article,
    cut_sentences,
    keep_spans,
    lead_names,
    swap_names,
)
from kg.training.marked.checks import corpus_folder, refuse_copies
from kg.training.marked.corpus import read_corpus


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


def test_names_led_by_what_firms_are_keep_their_marks_and_facts() -> None:
    led = 0
    for number, article in enumerate(list(read_corpus([corpus_folder()]))[::25]):
        other = lead_names(article, Random(number))
        assert [other.text[m.begin : m.end] for m in other.marks if m.named] == [
            article.text[m.begin : m.end] for m in article.marks if m.named
        ]
        assert len(other.facts) == len(article.facts)
        for old, new in zip(article.facts, other.facts, strict=True):
            said = article.text[slice(*old.evidence)].split()
            assert len(other.text[slice(*new.evidence)].split()) >= len(said)
            assert other.text[slice(*new.evidence)].split()[-1] == said[-1]
        led += other.text != article.text
    assert led > 40


def test_what_a_firm_is_called_stands_before_its_name_and_in_its_evidence(tmp_path: Path) -> None:
    text = "[Brenoval|o1] a racheté [Kadrilis|o2].\n---\no1 Organization Brenoval\n"
    text += 'o2 Organization Kadrilis\n---\nacquired o1 o2 actual "Brenoval a racheté Kadrilis"\n'
    (tmp_path / "a.ann").write_text(f"lang: fr\n---\n{text}", encoding="utf-8")
    article = next(iter(read_corpus([tmp_path])))
    texts = set()
    for seed in range(40):
        other = lead_names(article, Random(seed))
        texts.add(other.text)
        assert other.text[slice(*other.facts[0].evidence)] == other.text.strip(". \n")
    assert sum(text.startswith(("Le ", "La ", "L'")) for text in texts) > 5
    assert any(text.endswith("a racheté Kadrilis.\n") for text in texts)
    assert sum("a racheté l" in text for text in texts) > 3


def test_what_is_cut_of_an_article_says_the_same_in_the_same_words() -> None:
    articles = list(read_corpus([corpus_folder()]))[::25]
    kept = 0
    for number, article in enumerate(articles):
        part = crop_article(article, Random(number))
        if part is article:
            continue
        assert len(cut_sentences(part.text)) <= 6 and part.text == part.text.strip()
        marks = {(article.text[m.begin : m.end], m.key, m.named) for m in article.marks}
        assert {(part.text[m.begin : m.end], m.key, m.named) for m in part.marks} <= marks
        assert {m.key for m in part.marks} == {thing.key for thing in part.things}
        said = {
            (f.relation, f.subject, f.object, article.text[slice(*f.evidence)])
            for f in article.facts
        }
        named = {m.key for m in part.marks if m.named}
        places = {thing.key for thing in part.things if thing.classes[0] == "Place"}
        for fact in part.facts:
            if not fact.optional:
                quote = part.text[slice(*fact.evidence)]
                assert (fact.relation, fact.subject, fact.object, quote) in said
                assert {fact.subject, fact.object} - {""} <= named | places
                kept += 1
    assert kept > len(articles)


def test_a_fact_that_is_said_elsewhere_is_optional_in_what_is_cut(tmp_path: Path) -> None:
    article = tiny_articles(tmp_path)[0]
    headline = cut_sentences(article.text)[0]
    part = keep_spans(article, [headline])
    assert part.text == article.text[slice(*headline)]
    assert [(f.relation, f.optional) for f in article.facts if f.relation == "acquired"] == [
        ("acquired", False)
    ]
    assert [(fact.relation, fact.optional) for fact in part.facts] == [("acquired", True)]


def test_a_copy_of_what_is_held_out_is_refused(tmp_path: Path) -> None:
    articles = tiny_articles(tmp_path)
    refuse_copies(articles, [])
    with pytest.raises(DataError, match=r"a: shares .* runs of 7 words with b"):
        refuse_copies(articles[:1], articles[1:])
