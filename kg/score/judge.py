"""A judge who knows who is who answers suggestions in their order: what that takes and brings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.errors import ScoreError
from kg.score.identities import CLASSES, Judged, Name, name_groups, read_lines
from kg.who.alike.candidates import find_candidates
from kg.who.clusters import find_clusters
from kg.who.joins import find_root
from kg.who.things import Thing, make_thing

#: Folders of what is judged: organizations and persons.
FOLDERS = ("org", "person")
#: Names to one question, and the first questions of which it is told how many are right.
NAMES, FIRST = 10, 100


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a suggestion that a judge has answered: the two names, and if they are one thing."""

    one: str
    two: str
    right: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Hold what a judge answered, in its order, and the recall after each question.

    `recalls` begin with that before any; `judged` are how many names are judged, `names` how many
    there are to suggest of.
    """

    questions: tuple[Question, ...]
    recalls: tuple[float, ...]
    judged: int
    names: int

    def recall_after(self, questions: int) -> float:
        """Return the share of pairs of one thing that are joined after so many questions."""
        return self.recalls[min(questions, len(self.questions))]


def read_names(path: str | Path) -> list[Thing]:
    """Read `name⇥class⇥articles`, a heading first, as things of so many articles; raise ScoreError.

    What is named there with them is not known: no two share an article.
    """
    found = []
    for place, (name, kind, count, *_) in read_lines(path, 3)[1:]:
        if kind not in CLASSES.values() or not count.isdecimal():
            known = ", ".join(CLASSES.values())
            raise ScoreError(
                f"{place}: malformed; write a name, its class ({known}) and a number of articles"
            )
        articles = tuple(f"{place}:{at}" for at in range(int(count)))
        found.append(make_thing(name, kind, articles=articles))
    return found


def ask_judge(judged: Judged, things: Iterable[Thing]) -> Answers:
    """Let a judge made of groups answer the suggestions among things and judged names.

    Pairs of which an end is not judged are no questions; those that answers have joined are.

    >>> judged = Judged((("Organization", ("Nordil", "Nordill", "Nordil Motors")),))
    >>> answers = ask_judge(judged, [])
    >>> answers.questions[0].right, answers.recalls[0], answers.recall_after(1) > 0
    (True, 0.0, True)
    """
    every, groups = [*things], name_groups(judged)
    named = {thing.node for thing in every}
    own = make_own(groups, named)
    every += [thing for thing in own.values() if thing.node not in named]
    clusters = find_clusters([*every, *own.values()])

    def home(thing: Thing) -> str:
        return clusters.canonical(thing.iri, thing.articles[0] if thing.articles else "")

    meant: dict[str, set[int]] = {}
    for name, thing in own.items():
        meant.setdefault(thing.node, set()).update(groups[name])
    questions = [
        (it, bool(meant[it.one.node] & meant[it.two.node]))
        for it in find_candidates(every, home)
        if it.one.node in meant and it.two.node in meant
    ]
    answers = [(home(it.one), home(it.two)) if right else None for it, right in questions]
    homes = {name: home(thing) for name, thing in own.items()}
    return Answers(
        tuple(Question(it.one.name, it.two.name, right) for it, right in questions),
        tuple(measure_recalls(judged, homes, answers)),
        len({form for _, form in groups}),
        len({thing.node for thing in every if thing.folder in FOLDERS}),
    )


def make_own(groups: Mapping[Name, Collection[int]], named: Collection[str]) -> dict[Name, Thing]:
    """Return judged names as things, each of an article of its own.

    One of which no class is judged is of those that it is `named` in, if there are any.
    """
    own = {name: make_thing(name[1], name[0], articles=(f"judged:{name}",)) for name in groups}
    seen = {form for (_, form), thing in own.items() if thing.node in named}
    return {
        name: thing
        for name, thing in own.items()
        if groups[name] or thing.node in named or name[1] not in seen
    }


def measure_recalls(
    judged: Judged, homes: Mapping[Name, str], answers: Iterable[tuple[str, str] | None]
) -> Iterator[float]:
    """Yield the share of pairs of one thing that are joined, before any answer and after each.

    >>> judged = Judged((("Person", ("Ada", "Bea")),))
    >>> homes = {("Person", "Ada"): "a", ("Person", "Bea"): "b"}
    >>> [*measure_recalls(judged, homes, [None, ("b", "a")])]
    [0.0, 0.0, 1.0]
    """
    parents: dict[str, str] = {}
    pairs = [
        (homes[of, one], homes[of, two])
        for of, forms in judged.groups
        for one, two in combinations(forms, 2)
    ]

    def measure() -> float:
        joined = sum(find_root(parents, one) == find_root(parents, two) for one, two in pairs)
        return joined / len(pairs) if pairs else 1.0

    recall = measure()
    yield recall
    for answer in answers:
        if answer:
            one, two = (find_root(parents, home) for home in answer)
            parents[max(one, two)] = min(one, two)
            recall = measure()
        yield recall


def tell_answers(answers: Answers, *, errors: bool = False) -> dict[str, Any]:
    """Return a judge's answers as plain data; with `errors`, each of the first that are wrong.

    `recall_judged` is that after a question for ten judged names, `recall` for ten of all.

    >>> tell_answers(Answers((Question("a", "b", True),), (0.5, 1.0), 9, 10))["recall"]
    1.0
    """
    first = answers.questions[:FIRST]
    told: dict[str, Any] = {
        "names": answers.names,
        "judged": answers.judged,
        "questions": len(answers.questions),
        "recall": round(answers.recall_after(answers.names // NAMES), 4),
        "recall_judged": round(answers.recall_after(answers.judged // NAMES), 4),
        "first": len(first),
        "first_right": sum(one.right for one in first),
    }
    wrong = [[it.one, it.two] for it in first if not it.right]
    return told | ({"first_wrong": wrong} if errors else {})
