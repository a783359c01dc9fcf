"""Episodes: what is said alike of two deals, stakes or posts that lie years apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg import ontology
from kg.who.view.statements import Statement

#: Relations that may come about twice between the same two; of these, states, which last: what is
#: told of one later tells of the earlier one that it may be no more.
STATES = frozenset(ontology.KG + it for it in ("subsidiaryOf", "holdsStakeIn", "holdsPosition"))
EVENTS = frozenset(ontology.KG + it for it in ("acquired", "mergedWith", "investedIn"))
#: Months between dates that cannot be those of one deal or post: what is planned comes later, and
#: what is told of a deal is told within that time.
FAR = 18
#: Months before and after all that are told.
EVER = (0, 12 * 10_000)
#: What an article tells of one claim, by when it was.
Episode = tuple[str, list[Statement]]


def split_episodes(statements: Sequence[Statement]) -> list[Episode]:
    """Return what is said alike by when it was, the earliest first, with a label for each.

    Facts are of one episode if their dates are at most `FAR` months apart. One without a date is of
    the episode that articles tell nearest to its own, at most so far away; where none is, what
    articles told then is an episode, too. Who has no date at all tells of the last one. What has no
    two dates so far apart is one episode, whose label is ''; the first one has none either.
    """
    dated = [one for one in statements if any(one.when)]
    if not statements or statements[0].relation not in STATES | EVENTS or len(dated) < 2:
        return [("", [*statements])]
    episodes = sweep((read_months(one.when), one) for one in dated)
    if len(episodes) < 2:
        return [("", [*statements])]
    labels = [min(one.when[0] or one.when[1] for one in those) for those in episodes]
    near = {one: find_nearest(one, episodes) for one in statements if not any(one.when)}
    later = sweep(
        (read_months((one.date, one.date)), one) for one, at in near.items() if at is None
    )
    labels += [f"told {min(one.date for one in those)}" for those in later]
    for one, at in near.items():
        if at is not None:
            episodes[at].append(one)
    return [
        (label if at else "", those)
        for at, (label, those) in enumerate(zip(labels, [*episodes, *later], strict=True))
    ]


def sweep(ranges: Iterable[tuple[tuple[int, int], Statement]]) -> list[list[Statement]]:
    """Group statements whose times follow each other within `FAR` months."""
    found: list[list[Statement]] = []
    end = -FAR - 1
    for (first, last), one in sorted(ranges, key=lambda it: (it[0], it[1].fact)):
        if not found or first - end > FAR:
            found.append([])
        found[-1].append(one)
        end = max(end, last)
    return found


def find_nearest(one: Statement, episodes: Sequence[Sequence[Statement]]) -> int | None:
    """Return which episode is told nearest in time to a fact without a date; None if none is."""
    if not one.date:
        return len(episodes) - 1
    own = read_months((one.date, one.date))
    gaps = {
        at: min(
            (count_gap(own, read_months((it.date, it.date))) for it in those if it.date),
            default=FAR + 1,
        )
        for at, those in enumerate(episodes)
    }
    nearest = min(gaps, key=lambda at: (gaps[at], at))
    return nearest if gaps[nearest] <= FAR else None


def count_gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return the months between two times, 0 where they meet.

    >>> count_gap((10, 12), (15, 15)), count_gap((10, 12), (11, 20))
    (3, 0)
    """
    return max(other[0] - one[1], one[0] - other[1], 0)


def read_months(when: tuple[str, str]) -> tuple[int, int]:
    """Return the first and the last month of a time, as numbers; an open end is `EVER`.

    >>> read_months(("2012", "2012-03-04")), read_months(("", "2012"))
    ((24144, 24146), (0, 24155))
    """
    first, last = when
    return (
        number_month(first, "01") if first else EVER[0],
        number_month(last, "12") if last else EVER[1],
    )


def number_month(day: str, other: str) -> int:
    """Return the number of a date's month; of a year alone, that of another month of it."""
    try:
        return int(day[:4]) * 12 + int(day[5:7] or other) - 1
    except ValueError:
        return EVER[0] if other == "01" else EVER[1]
