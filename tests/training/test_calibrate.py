from __future__ import annotations

from random import Random

import numpy as np

from kg.reader.scheme import RELATIONS
from kg.score.calibration import measure_error
from kg.training.calibrate import (
    Calibration,
    Judged,
    count_facts,
    cross_fit,
    fit_calibration,
    sum_counts,
)
from kg.training.endings import fit_ended

TRUE = {"basedIn": (0.5, 0.3), "offers": (0.7, -0.5)}


def make_articles(count: int) -> list[Judged]:
    """Make articles whose facts' logits are too sure of themselves."""
    draw = Random(3)
    articles = []
    for _ in range(count):
        facts: list[tuple[str, float, bool | None]] = []
        for relation, (slope, shift) in TRUE.items():
            for _ in range(4):
                logit = draw.gauss(0, 3)
                right = draw.random() < 1 / (1 + np.exp(-(slope * logit + shift)))
                facts.append((relation, logit, bool(right)))
        facts.append(("basedIn", 9.0, None))
        wanted = {r: sum(f[0] == r and bool(f[2]) for f in facts) + 1 for r in TRUE}
        articles.append(Judged(tuple(facts), wanted))
    return articles


def even_calibration() -> Calibration:
    """Make one that takes logits for what they are."""
    lines = dict.fromkeys((relation.name for relation in RELATIONS), (1.0, 0.0))
    return Calibration(lines, dict.fromkeys(lines, 0.5))


def test_lines_are_found_again_and_a_rare_relation_falls_back() -> None:
    calibration = fit_calibration(make_articles(300))
    for relation, (slope, shift) in TRUE.items():
        found = calibration.lines[relation]
        assert abs(found[0] - slope) < 0.1 and abs(found[1] - shift) < 0.2
    assert calibration.lines["mergedWith"] == calibration.lines["founded"]


def test_it_lowers_the_error_of_overconfident_logits() -> None:
    crossed = cross_fit(make_articles(200))
    error = measure_error(crossed.chances, crossed.right)
    raw = even_calibration()
    facts = [f for a in make_articles(200) for f in a.facts if f[2] is not None and f[1] > 0]
    chances = [raw.chance(relation, logit) for relation, logit, _ in facts]
    assert error < 0.06 < measure_error(chances, [bool(right) for *_, right in facts])


def test_more_precision_is_had_when_asked_for() -> None:
    articles = make_articles(200)
    free, strict = fit_calibration(articles), fit_calibration(articles, least=0.85)
    assert strict.cuts["offers"] > free.cuts["offers"]
    right, wrong, _ = sum_counts(count_facts(articles, strict).values())
    assert right / (right + wrong) >= 0.85


def test_facts_that_only_meet_optional_ones_do_not_count() -> None:
    calibration = even_calibration()
    article = Judged((("offers", 2.0, None), ("offers", 1.0, True)), {"offers": 1})
    assert count_facts([article], calibration)["offers"] == (1, 0, 0)


def test_a_relation_whose_facts_are_all_unsure_is_kept_from_lower_on() -> None:
    sure = tuple(("basedIn", 2.0, True) for _ in range(9)) + (("basedIn", -1.0, False),) * 3
    unsure = (("acquired", -1.0, True), ("acquired", -1.1, False), ("acquired", -3.0, False))
    articles = [Judged((*sure, *unsure), {"basedIn": 9, "acquired": 1}) for _ in range(40)]
    calibration = fit_calibration(articles)
    assert calibration.cuts["acquired"] < calibration.chance("acquired", -1.0)
    assert count_facts(articles, calibration)["acquired"][0] == 40
    assert count_facts(articles, fit_calibration(articles, least=0.999))["basedIn"][1] == 0


def test_the_least_of_what_is_over_moves_only_for_more_facts_than_it_costs() -> None:
    sure, rest = [(2.0, True)] * 15, [(-0.9, True)]
    assert fit_ended([*sure, *rest]) == 0.0
    assert fit_ended([*sure, *rest * 4]) == -1.0
