"""The whole way from a sentence to its facts, on trees made by hand and with the real model."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatchcase
from typing import Any

import pytest
from sentences import DATA, check, load, said
from trees import facts_of, parse, read, trees

from kg import ontology
from kg.model import Article, Entity
from kg.rules.extract import extract_articles, sentence_spans

#: How many sentences of `data/facts.toml` the extractor may read wrongly: only ever lowered.
PINNED = 6
TEXT = (
    "Le français Nordalis rachète le belge Vextra.",
    "Les deux sociétés travaillent avec Hexium.",
)


def faults(entry: dict[str, Any]) -> list[str]:
    """Return which facts a sentence of the file should yield and does not, or should not."""
    found = said(entry["text"])
    said_so = [f"{fact} | {sure}" for fact, sure in found.items()]
    missing = [f"no {fact}" for fact in entry["yields"] if fact not in (*found, *said_so)]
    patterns = [p if p.count("|") == 3 else f"{p} | *" for p in entry["never"]]
    return missing + [fact for fact in said_so for p in patterns if fnmatchcase(fact, p)]


@pytest.mark.model
def test_single_sentences() -> None:
    entries = load("facts.toml")
    assert len(entries) >= 95
    told = Counter(fact.split(" | ")[1] for entry in entries for fact in entry["yields"])
    assert min(told.values()) >= 2
    assert len(told) == 14
    assert set(told) <= set(ontology.relations())
    wrong = [f"{e['text']} → {', '.join(found)}" for e in entries if (found := faults(e))]
    check(wrong, {e["text"] for e in entries if e.get("known_wrong")}, PINNED)


def test_entities_are_what_the_text_and_its_facts_name() -> None:
    reading = read(*TEXT)
    assert {(e.name, e.kind) for e in reading.entities} == {
        ("Nordalis", "Company"),
        ("Vextra", "Company"),
        ("Hexium", "Company"),
        ("France", "Place"),
        ("Belgique", "Place"),
    }
    for fact in reading.facts:
        assert fact.subject in reading.entities
        assert fact.object in reading.entities


def test_mentions_and_evidence_are_the_texts_own_characters() -> None:
    reading = read(*TEXT)
    text = reading.article.text
    assert reading.facts
    for entity in reading.entities:
        for begin, end in entity.mentions:
            assert text[begin:end] == entity.name
    for fact in reading.facts:
        assert fact.evidence
        for begin, end in fact.evidence:
            assert 0 <= begin < end <= len(text)
            assert text[begin:end] == text[begin:end].strip()


def test_facts_fit_the_ontology() -> None:
    for fact in read(*TEXT).facts:
        term = ontology.properties()[fact.property]
        assert ontology.is_a(fact.subject.kind, term.domain)
        assert isinstance(fact.object, Entity)
        assert ontology.is_a(fact.object.kind, term.range)
        assert 0 < fact.confidence < 1
        assert fact.rule


def test_facts_stand_in_the_order_of_the_text() -> None:
    begins = [fact.evidence[0] for fact in read(*TEXT).facts]
    assert begins == sorted(begins)


def test_reading_twice_gives_the_same() -> None:
    assert read(*TEXT) == read(*TEXT)


def test_the_hash_seed_changes_nothing() -> None:
    code = "import trees\nfor sentence in trees.trees(): print(trees.read(sentence))"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(DATA.parent)},
            stdout=subprocess.PIPE,
        )
        for seed in ("0", "5")
    ]
    first, second = (run.communicate()[0] for run in runs)
    assert len(first.splitlines()) == len(trees())
    assert first == second


def test_sentences_have_no_space_around_them() -> None:
    doc = parse(*TEXT)
    assert [doc.text[begin:end] for begin, end in sentence_spans(doc)] == list(TEXT)


@pytest.mark.parametrize("text", ["", " \n ", "42", "…", "?!", "L'"])
@pytest.mark.model
def test_text_that_says_nothing_yields_nothing(text: str) -> None:
    (reading,) = extract_articles([Article("a", text)])
    assert reading.facts == ()


@pytest.mark.model
def test_articles_keep_their_order() -> None:
    articles = [Article("b", "Novaxis rachète Sigmatel."), Article("a", "Rien.")]
    assert [reading.article for reading in extract_articles(articles)] == articles


def test_one_fact_said_twice_counts_once() -> None:
    once = facts_of("Nordalis rachète Vextra.")
    assert facts_of("Nordalis rachète Vextra.", "Nordalis rachète Vextra.") == once
