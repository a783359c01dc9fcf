"""Ready questions: SPARQL files whose VALUES lines are their parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox

from kg import ontology
from kg.ask.tokens import put, read_tokens
from kg.errors import QueryError
from kg.model import Modality
from kg.store.labels import BLANK, find_nodes

#: In these files a thing may have several labels, a fact several quotes: MIN takes one of each.
FOLDER = Path(__file__).parent / "queries"
#: A line that gives a variable its values and nothing else: what a parameter replaces.
LINE = re.compile(
    r"^ *VALUES \?(of|and|in|since|min_confidence|mood) \{([^{}\n]*)\} *(?:#[^\n]*)?$", re.MULTILINE
)
#: Functions that questions may call: SPARQL has no word for a blank node of a graph but its label.
IT = ox.NamedNode("urn:kg:it")
FUNCTIONS: dict[ox.NamedNode, Callable[..., Any]] = {
    IT: lambda term: ox.BlankNode(term.value) if isinstance(term, ox.Literal) else term
}
#: What a name that is not given stands for; its line is left out then.
OPEN = "UNDEF"
#: Modalities that one may ask for: those of facts, and what is over.
MOODS = get_args(Modality)
MODALITIES = (*MOODS, "Over")
OVER = f"<{ontology.KG}Over>"
#: What a confidence is rounded to: in full, 1e-999999999 has as many digits.
TINY = Decimal("1e-20")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a ready question: what it answers, an example of its use and its SPARQL."""

    name: str
    answers: str
    example: str
    text: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of its parameters.

        >>> list_queries()[0].parameters
        ('of', 'since', 'min_confidence', 'modality')
        """
        lines = {found[1] for found in LINE.finditer(self.text)}
        return tuple(name for name, one in PARAMETERS.items() if one.variable in lines)


@dataclass(frozen=True, slots=True)
class Parameter:
    """Hold which variable a parameter gives its value to, and how that is made of a text."""

    variable: str
    terms: Callable[[ox.Store, str], list[str]]


@cache
def list_queries() -> tuple[Question, ...]:
    """Return the ready questions, sorted by name.

    >>> [question.name for question in list_queries()][:2]
    ['about', 'agreements']
    """
    return tuple(read_question(path) for path in sorted(FOLDER.glob("*.rq")))


def read_question(path: Path) -> Question:
    """Read a question's file; the first lines, comments, tell what it answers and an example."""
    text = path.read_text(encoding="utf-8")
    comments = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    return Question(path.stem, " ".join(comments[:-1]), comments[-1], text)


def name_terms(store: ox.Store, name: str) -> list[str]:
    """Return the things that a name means, as terms of SPARQL; raise QueryError for none."""
    return [node.n3() for node in find_nodes(store, name)]


def date_terms(store: ox.Store, text: str) -> list[str]:
    """Return a year, a month or a day as a term of SPARQL; raise QueryError for anything else.

    >>> date_terms(ox.Store(), "2019-05")
    ['"2019-05"']
    """
    found = DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError as error:
        raise QueryError(f"'{text}' is no date; write 2019, 2019-05 or 2019-05-31") from error
    return [f'"{text}"']


def number_terms(store: ox.Store, text: str) -> list[str]:
    """Return a number from 0 to 1 as a term of SPARQL; raise QueryError for anything else.

    >>> number_terms(ox.Store(), "0.8")
    ['0.8']
    """
    try:
        number = Decimal(text)
        if not 0 <= number <= 1:
            raise ValueError
        number = number.quantize(TINY).normalize()
    except (InvalidOperation, ValueError) as error:
        raise QueryError(f"'{text}' is no confidence; give a number from 0 to 1") from error
    return [f"{number:f}" if "." in f"{number:f}" else f"{number:f}.0"]


def modality_terms(store: ox.Store, text: str) -> list[str]:
    """Return modalities, commas between them, as terms of SPARQL; raise QueryError for others.

    >>> modality_terms(ox.Store(), "planned,Possible")
    ['<https://w3id.org/pressgraph/ontology#Planned>', '<https://w3id.org/pressgraph/ontology#Possible>']
    """
    names = [part.strip().capitalize() for part in text.split(",")]
    if wrong := [name for name in names if name not in MODALITIES]:
        told = ", ".join(MODALITIES).lower()
        raise QueryError(f"'{wrong[0].lower()}' is no modality; give one or more of {told}")
    return [f"<{ontology.KG}{name}>" for name in dict.fromkeys(names)]


def fill_moods(told: str, given: Sequence[str]) -> str:
    """Return a question's line of modalities with those that are given; raise QueryError for none.

    What is over is actual and has ended, of facts and of claims.

    >>> fill_moods("kg:Planned kg:Possible", [f"<{ontology.KG}Planned>", f"<{ontology.KG}Denied>"])
    'VALUES ?mood { <https://w3id.org/pressgraph/ontology#Planned> }'
    """
    known = [name for name in MOODS if f"kg:{name}" in told.split()]
    over = OVER in given and (not known or "Actual" in known)
    moods = [it for it in given if it.strip("<>").removeprefix(ontology.KG) in (known or MOODS)]
    if not moods and not over:
        raise QueryError(
            f"the question is about what is {' and '.join(known).lower()}; give one of these"
        )
    if not over:
        return f"VALUES ?mood {{ {' '.join(moods)} }}"
    others = f"?mood IN ({', '.join(moods)}) || " if moods else ""
    return f"FILTER({others}EXISTS {{ ?fact kg:ended|kg:over true }}) VALUES ?mood {{{told}}}"


#: Parameter → its variable and values; as options, `--min-confidence`.
PARAMETERS: Mapping[str, Parameter] = {
    "of": Parameter("of", name_terms),
    "and": Parameter("and", name_terms),
    "in": Parameter("in", name_terms),
    "since": Parameter("since", date_terms),
    "min_confidence": Parameter("min_confidence", number_terms),
    "modality": Parameter("mood", modality_terms),
}


def fill_lines(text: str, values: Mapping[str, list[str]]) -> str:
    r"""Return a query with its VALUES lines filled; that of a name that is not given is left empty.

    Of values that a line has already, only those may be given; raises QueryError for others.

    >>> fill_lines("{\n  VALUES ?of { UNDEF }\n  VALUES ?since { \"\" }\n}", {"since": ['"2019"']})
    '{\n\n  VALUES ?since { "2019" }\n}'
    """

    def fill(found: re.Match[str]) -> str:
        if found[1] not in values:
            return "" if found[2].strip() == OPEN else found[0]
        given = values[found[1]]
        if found[1] == "mood":
            return f"  {fill_moods(found[2], given)}"
        return f"  {bind_values(found[1], given)}"

    return LINE.sub(fill, text)


def bind_values(variable: str, terms: Sequence[str]) -> str:
    """Return the pattern that gives a variable its values, blank nodes by their labels.

    >>> bind_values("of", ["<urn:a>"])
    'VALUES ?of { <urn:a> }'
    >>> bind_values("of", ["<urn:a>", "_:b"])
    '{ SELECT (<urn:kg:it>(?kgNode) AS ?of) { VALUES ?kgNode { <urn:a> "b" } } }'
    """
    if not any(it.startswith(BLANK) for it in terms):
        return f"VALUES ?{variable} {{ {' '.join(terms)} }}"
    told = (f'"{it.removeprefix(BLANK)}"' if it.startswith(BLANK) else it for it in terms)
    return (
        f"{{ SELECT ({IT}(?kgNode) AS ?{variable}) {{ VALUES ?kgNode {{ {' '.join(told)} }} }} }}"
    )


def bind_loose(query: str, bound: Mapping[str, list[str]]) -> str:
    r"""Return a query with variables bound to terms beside all that its outer group finds.

    Raises QueryError where there is no such group, and a term is a blank node.

    >>> bind_loose("ASK { ?of a ?x }", {"of": ["<urn:a>", "<urn:b>"]})
    'ASK { ?of a ?x }\nVALUES (?of) { (<urn:a>) (<urn:b>) }'
    >>> bind_loose("ASK { ?of a ?x }", {"of": ["_:b"]})
    'ASK { { ?of a ?x } { SELECT (<urn:kg:it>(?kgNode) AS ?of) { VALUES ?kgNode { "b" } } } }'
    """
    if not bound:
        return query
    if not any(term.startswith(BLANK) for terms in bound.values() for term in terms):
        rows = (f"({' '.join(row)})" for row in product(*bound.values()))
        names = " ".join(f"?{name}" for name in bound)
        return f"{query}\nVALUES ({names}) {{ {' '.join(rows)} }}"
    told = " ".join(bind_values(name, terms) for name, terms in bound.items())
    if (group := find_group(query)) is None:
        line = f"VALUES ?{min(bound)} {{ UNDEF }}"
        raise QueryError(
            f"--{min(bound)} means what has no IRI; write '{line}' into a query with WHERE {{ … }}"
        )
    begin, end = group
    return put(query, [(begin, begin, "{ "), (end, end, f" {told} }}")])


def find_group(query: str) -> tuple[int, int] | None:
    """Return where the outer group of a query begins and ends, None where it takes triples alone.

    >>> find_group("ASK { ?x ?y ?z }"), find_group("CONSTRUCT WHERE { ?x ?y ?z }")
    ((4, 16), None)
    """
    depth, begin, template = 0, -1, False
    tokens = read_tokens(query)
    words = [token.text.upper() for token in tokens]
    if ("CONSTRUCT", "WHERE") in pairwise(words):
        return None
    for at, token in enumerate(tokens):
        if token.text == "{":
            if not depth:
                template = at > 0 and words[at - 1] == "CONSTRUCT"
                begin = token.begin
            depth += 1
        elif token.text == "}":
            depth -= 1
            if not depth and not template:
                return begin, token.end
    return None
