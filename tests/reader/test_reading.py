from __future__ import annotations

import numpy as np
from tiny_reader import OpenModel

from kg.model import Article, Reading
from kg.reader.evidence import choose_span
from kg.reader.qualifiers import Candidate, choose_value
from kg.reader.reading import find_all, make_reading
from kg.reader.relations import decide_facts, pool_scores, score_pairs
from kg.reader.scheme import RELATIONS
from kg.reader.types import Limits, Mention

LIMITS = Limits()


def read(text: str) -> Reading:
    return make_reading(Article("a", text), find_all(OpenModel(), text, LIMITS), LIMITS)


def test_an_article_becomes_a_reading() -> None:
    text = "Valcorne achète Brisol en mai 2019"
    reading = read(text)
    assert [(e.name, e.kind) for e in reading.entities] == [
        ("Valcorne", "Organization"),
        ("Brisol", "Company"),
    ]
    (fact,) = reading.facts
    assert (fact.subject.name, fact.property, fact.object) == (
        "Valcorne",
        "acquired",
        reading.entities[1],
    )
    assert fact.modality == "Planned" and not fact.ended
    assert round(fact.confidence, 2) == 0.95
    assert [text[slice(*span)] for span in fact.evidence] == ["Valcorne achète Brisol"]


def test_empty_texts_and_single_names_say_nothing() -> None:
    for text in ("", " \n", "Valcorne", "le groupe"):
        assert not read(text).facts


def test_a_long_text_loses_nothing() -> None:
    text = "le groupe achète en mai. " * 2000 + "Valcorne achète Brisol"
    model = OpenModel()
    found = find_all(model, text, LIMITS)
    assert model.windows > 20
    assert [fact.relation for fact in found.facts] == ["acquired"]
    assert text[slice(*found.facts[0].evidence)] == "Valcorne achète Brisol"


def test_pooling_is_the_log_of_a_mean() -> None:
    scores = np.array([[0.0], [2.0], [5.0]], np.float32)
    pooled, best = pool_scores(scores, np.array([0, 0, 1]), 2)
    assert np.allclose(pooled[:, 0], [np.log((1 + np.e**2) / 2), 5.0])
    assert best[:, 0].tolist() == [1, 2]


def test_a_symmetric_relation_is_one_fact() -> None:
    model = OpenModel()
    text = "Valcorne achète Brisol"
    from kg.reader.encoder import encode_windows
    from kg.reader.names import find_mentions
    from kg.reader.pieces import cut_pieces
    from kg.reader.references import gather_things
    from kg.reader.windows import cut_windows, mark_layout

    pieces = cut_pieces(text, model.vocabulary)
    states = encode_windows(model, pieces, mark_layout(text, pieces), cut_windows(text, pieces))
    things = gather_things(text, find_mentions(text, pieces, states))
    scores = score_pairs(model, things, states)
    low = {r.name: -99.0 for r in RELATIONS}
    facts, rows = decide_facts(scores, low)
    names = [RELATIONS[f[1]].name for f in facts]
    assert names.count("partnerOf") == 1 and names.count("subsidiaryOf") == 2
    assert len(rows) == len(facts)


def test_evidence_stays_in_its_line_and_ends_after_it_begins() -> None:
    begins, ends = np.array([0.0, 1.0, 9.0]), np.array([9.0, 5.0, 0.0])
    assert choose_span(begins, ends, np.array([0, 0, 0])) == (0, 0)
    assert choose_span(begins, np.array([0.0, 0.0, 0.0]), np.array([0, 0, 1])) == (2, 2)


def test_mentions_of_a_speaker_add_up_and_nothing_may_be_said() -> None:
    mentions = [Mention(k, k + 1, k, k, "name", "Person") for k in range(3)]
    candidates = [
        Candidate(m, ("by",), thing) for m, thing in zip(mentions, (0, 1, 1), strict=True)
    ]
    logits = np.array([1.0, 0.8, 0.8], np.float32)
    best, total = choose_value(logits, candidates)
    assert best == 1
    assert np.isclose(total, 0.8 + np.log(2))
