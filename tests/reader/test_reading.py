from __future__ import annotations

import numpy as np
import pytest
from tiny_reader import OpenModel

from kg.model import Article, Reading
from kg.reader.evidence import LONGEST, choose_span, group_facts
from kg.reader.pairs import Pairs
from kg.reader.qualifiers import Candidate, choose_value
from kg.reader.reading import find_all, make_reading, see_text
from kg.reader.references import find_near, measure_names
from kg.reader.relations import Scores, decide_facts, pool_scores, score_pairs
from kg.reader.scheme import ONE_WAY, RELATIONS
from kg.reader.types import Limits, Mention
from kg.reader.windows import mark_layout

LIMITS = Limits()


def read(text: str) -> Reading:
    return make_reading(Article("a", text), find_all(OpenModel(), text, LIMITS), LIMITS)


def test_an_article_becomes_a_reading() -> None:
    text = "Valcorne achète Brisol en mai 2019"
    reading = read(text)
    assert [(e.name, e.kind) for e in reading.entities] == [
        ("Valcorne", "Company"),
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


@pytest.mark.parametrize("ends", [("", "\n"), ("", "\r\n \n"), ("\n\n", ""), (" \n", "\n\n")])
def test_blank_lines_around_a_text_change_nothing(ends: tuple[str, str]) -> None:
    text = "le Lyon\n\nValcorne achète Brisol en mai"
    model, around = OpenModel(), f"{ends[0]}{text}{ends[1]}"
    one, other = see_text(model, text), see_text(model, around)
    assert one and other
    assert one.pieces.ids.tolist() == other.pieces.ids.tolist()
    layouts = [mark_layout(it.text, it.pieces).tolist() for it in (one, other)]
    assert layouts[0] == layouts[1]
    quotes = [
        [it[slice(*span)] for fact in read(it).facts for span in fact.evidence]
        for it in (text, around)
    ]
    assert quotes[0] == quotes[1] == ["Valcorne achète Brisol"]


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
    from kg.reader.windows import cut_windows

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


def test_the_best_words_are_found_as_if_all_were_compared() -> None:
    draw = np.random.default_rng(1)
    for count in (1, 5, 200):
        begins, ends = draw.standard_normal((2, count)).astype(np.float32)
        lines = np.sort(draw.integers(0, 3, count))
        spans = [
            (begins[i] + ends[j], -i, -j)
            for i in range(count)
            for j in range(i, min(count, i + LONGEST))
            if lines[i] == lines[j]
        ]
        _, first, last = max(spans)
        assert choose_span(begins, ends, lines) == (-first, -last)


def test_facts_are_asked_of_together_only_where_they_are_near() -> None:
    draw = np.random.default_rng(2)
    lows = draw.integers(0, 9000, 300)
    highs = lows + draw.integers(1, 900, 300)
    groups = list(group_facts(lows, highs))
    assert sorted(k for group, _, _ in groups for k in group.tolist()) == list(range(300))
    for group, low, high in groups:
        assert low == lows[group].min() and high == highs[group].max()
        assert high - low <= max(640, highs[group[0]] - low)


def test_names_near_a_place_and_the_last_one_before_it() -> None:
    draw = np.random.default_rng(3)
    begins, of = draw.integers(0, 9000, 200), draw.integers(0, 30, 200)
    places = draw.integers(0, 9000, 40)
    near = list(find_near(places, begins, of))
    for place, rows in zip(places.tolist(), near, strict=True):
        assert set(rows.tolist()) == set(of[abs(begins - place) <= 1500].tolist())
        before = [begins[(of == thing) & (begins <= place)].max(initial=-1) for thing in rows]
        want = [place - at if at >= 0 else -1 for at in before]
        assert measure_names(np.full(len(rows), place), rows, begins, of).tolist() == want


def test_each_way_round_is_decided_as_its_relation_says() -> None:
    draw = np.random.default_rng(4)
    ends = [(a, b) for a in range(6) for b in range(6) if a != b and (a + 2 * b) % 5]
    subjects, objects = np.array(ends).T
    logits = draw.standard_normal((len(ends), len(RELATIONS))).astype(np.float32)
    none = np.zeros(0, int)
    best = np.arange(logits.size).reshape(logits.shape)
    scores = Scores(Pairs(subjects, objects, none, none, none), logits, best, logits, none)
    facts, rows = decide_facts(scores, dict.fromkeys(LIMITS.thresholds, 0.2))
    want = []
    for k, (a, b) in enumerate(ends):
        for r, relation in enumerate(RELATIONS):
            back = logits[ends.index((b, a)), r] if (b, a) in ends else None
            logit = float(logits[k, r])
            if back is not None and relation.symmetric:
                logit = (logit + float(back)) / 2 if a < b else -1.0
            if back is not None and relation.name in ONE_WAY and back > logit:
                logit = -1.0
            if logit > 0.2:
                want.append(((a, r, b, logit), best[k, r]))
    assert list(zip(facts, rows.tolist(), strict=True)) == want and len(want) > 40
