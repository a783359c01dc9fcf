"""Wordings: how what a fact states is put in plain words, with gaps such as `{subject}`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from string import Formatter

#: The gaps that every fact fills.
ENDS = frozenset({"subject", "object"})


def tell_count(number: int, noun: str) -> str:
    """Tell how many there are of something.

    >>> tell_count(1, "fact"), tell_count(0, "thing")
    ('1 fact', '0 things')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fill_wording(wordings: Sequence[str], values: Mapping[str, str]) -> str:
    """Fill the gaps of the wording that tells most of what is known; '' if none can be filled.

    Gaps are filled with text as it is, whatever braces it has.

    >>> wordings = ("{subject} holds a position at {object}", "{subject} is {role} at {object}")
    >>> fill_wording(wordings, {"subject": "Ada", "object": "Nordil", "role": "{chair}"})
    'Ada is {chair} at Nordil'
    >>> fill_wording(wordings, {"subject": "Ada", "object": "Nordil"})
    'Ada holds a position at Nordil'
    """
    return choose_wording(wordings, values).format_map(values)


def choose_wording(wordings: Sequence[str], values: Mapping[str, str]) -> str:
    """Choose the wording that tells most of what is known; '' if none can be filled.

    >>> choose_wording(("{subject} buys {object}", "{subject} buys {share} % of {object}"), {})
    ''
    """
    known = {name for name, value in values.items() if value}
    fitting = [wording for wording in wordings if find_gaps(wording) <= known]
    return max(sorted(fitting), key=lambda wording: len(find_gaps(wording)), default="")


def find_gaps(wording: str) -> set[str]:
    """Find the gaps of a wording; raise ValueError for braces that are none.

    >>> sorted(find_gaps("{subject} is {role} at {object}"))
    ['object', 'role', 'subject']
    """
    gaps = set()
    for _, name, form, conversion in Formatter().parse(wording):
        if name is not None:
            if form or conversion or not name.isidentifier():
                raise ValueError(f"{{{name}}} is no gap")
            gaps.add(name)
    return gaps


def find_fault(
    wordings: Mapping[str, Sequence[str]], gaps: Collection[str], langs: Sequence[str]
) -> str:
    """Say what is wrong with a relation's wordings by language, or ''.

    Each language needs one that every fact can fill, and knows no other gaps than those given.

    >>> find_fault({"en": ["{subject} buys {objet}"]}, ENDS, ["en"])
    "kg:wording @en: '{objet}' is no gap; write '{object}'?"
    """
    for lang in langs:
        for wording in wordings.get(lang, ()):
            try:
                unknown = find_gaps(wording) - {*gaps}
            except ValueError as error:
                return f"kg:wording @{lang}: {error}; write gaps as {{subject}}"
            if unknown:
                name = min(unknown)
                near = get_close_matches(name, sorted(gaps), n=1, cutoff=0.5)
                hint = f"; write '{{{near[0]}}}'?" if near else ""
                return f"kg:wording @{lang}: '{{{name}}}' is no gap{hint}"
        if not any(find_gaps(wording) == ENDS for wording in wordings.get(lang, ())):
            return f"no kg:wording @{lang} with {{subject}} and {{object}} alone; add one"
    return ""
