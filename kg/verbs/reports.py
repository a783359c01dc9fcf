"""Scores as the lines of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.score.identities import WhoScore
    from kg.score.scores import Counts, Score
    from kg.training.budget import Budget

#: Characters of the first column: names of relations are shorter, 'denied or possible' is not.
NARROW, WIDE = 14, 20
#: What each line of the budget adds to the one above it.
GIVEN = ("nothing given", "names given", "+ references given", "+ areas given")


def score_lines(score: Score) -> Iterator[str]:
    """Yield the lines of a report on graphs."""
    yield from relation_lines(score.by_relation)
    yield score_line("ALL", score.relations)
    yield score_line("entities", score.entities)
    measures, matched = score.measures(), score.matched
    yield f"articles      mean F1 {measures['mean_f1']:.3f} of {len(score.articles)}"
    yield f"modality      {matched['modality']}/{matched['facts']} right of the matched facts"
    yield f"roles         {matched['right_roles']}/{matched['roles']} right of the matched facts"
    yield f"calibration   {calibration_words(score.confidences)}"


def who_lines(score: WhoScore) -> Iterator[str]:
    """Yield the lines of a report on who is who."""
    found, of = score.right + len(score.wrong), score.right + len(score.missed)
    yield f"precision     {score.precision:.3f} ({score.right} of {found} pairs joined are right)"
    yield f"recall        {score.recall:.3f} ({score.right} of {of} pairs are joined)"
    yield f"apart joined  {score.apart_joined:.4f} ({len(score.joined)} of {score.apart})"


def who_errors(score: WhoScore) -> Iterator[str]:
    """Yield a line for each pair of names that is joined wrongly or not at all."""
    pairs = {"wrong": score.wrong, "missed": score.missed, "apart but joined": score.joined}
    for told, those in pairs.items():
        yield from (f"{told}: {one} = {two}" for one, two in those)


def judge_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a report on what a judge's answers bring."""
    yield f"judge         {told['first_right']} of the first {told['first']} suggestions are right"
    for names, recall in (("names", "recall"), ("judged", "recall_judged")):
        asked = min(told[names] // 10, told["questions"])
        yield f"recall        {told[recall]:.3f} after {asked} questions ({told[names]} {names})"
    for one, two in told.get("first_wrong", ()):
        yield f"suggested wrongly: {one} = {two}"


def budget_lines(budget: Budget) -> Iterator[str]:
    """Yield the lines of a report on what a reader loses where."""
    from kg.training.evaluate import STAGES

    yield f"{head_line('facts', WIDE)}{'gain':>8}"
    last = None
    for stage, words in zip(STAGES, GIVEN, strict=True):
        counts = budget.stage(stage)
        gain = "" if last is None else f"{counts.f1 - last:>+8.3f}"
        yield f"{score_line(words, counts, WIDE)}{gain}"
        last = counts.f1
    yield f"\n{head_line('one stage alone', WIDE)}"
    yield score_line("things", budget.things, WIDE)
    for how, counts in budget.references.items():
        yield score_line(f"references: {how.split()[1]}", counts, WIDE)
    yield ""
    yield from relation_lines(budget.stages.get(STAGES[0], {}), WIDE)
    yield score_line("ALL", budget.stage(STAGES[0]), WIDE)
    yield f"\n{'of matched facts':<{WIDE}}{'support':>8}{'right':>14}{'share':>8}"
    for name, right, of in budget.detail_counts():
        yield f"{name:<{WIDE}}{of:>8}{right:>14}{right / of:>8.3f}"
    yield f"\n{'calibration':<{WIDE}}{calibration_words(budget.confidences)}"
    yield f"{'articles':<{WIDE}}{budget.articles}"


def relation_lines(counts: Mapping[str, Counts], width: int = NARROW) -> Iterator[str]:
    """Yield a heading and a line for each relation that is in the gold or was found."""
    from kg.score.gold import RELATIONS

    yield head_line("relation", width)
    for relation in RELATIONS:
        if relation in counts and counts[relation].support + counts[relation].found:
            yield score_line(relation, counts[relation], width)


def head_line(name: str, width: int = NARROW) -> str:
    """Return the heading of lines of scores; support is how many the gold has.

    >>> head_line("relation")
    'relation       support  found  right       P       R      F1'
    """
    return f"{name:<{width}}{'support':>8}{'found':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}"


def score_line(name: str, counts: Counts, width: int = NARROW) -> str:
    """Return one line of scores."""
    return (
        f"{name:<{width}}{counts.support:>8}{counts.found:>7}{counts.right:>7}"
        f"{counts.precision:>8.3f}{counts.recall:>8.3f}{counts.f1:>8.3f}"
    )


def calibration_words(judged: Sequence[tuple[float, bool]]) -> str:
    """Return how far confidences are from what is right, in words.

    >>> calibration_words([(0.9, True), (0.6, False)])
    'error 0.350 of 2 facts; told 0.750, right 0.500'
    """
    from kg.score.calibration import list_bins, measure_error

    if not judged:
        return "no fact to judge"
    chances, right = zip(*judged, strict=True)
    (whole,) = list_bins(chances, right, bins=1)
    error = f"error {measure_error(chances, right):.3f} of {whole.facts} facts"
    return f"{error}; told {whole.told:.3f}, right {whole.right:.3f}"
