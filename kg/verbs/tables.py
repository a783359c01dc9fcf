"""Facts and answers as text: tables, lines, CSV and JSON that are safe to print."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.model import Article, Entity, Fact, Reading
from kg.wordings import tell_count

if TYPE_CHECKING:
    from rdflib import Graph
    from rich.table import Table


#: Characters of the longest word that a table does not break: names of relations are shorter.
WORD = 13
#: Characters of the longest line that is told whole.
LONGEST = 3_000
FACT_COLUMNS = (
    "article", "subject", "relation", "object", "details", "modality", "confidence", "quote",
)  # fmt: skip
#: A sum as an answer writes it, with its currency.
SUM = re.compile(r"(-?\d{5,})((?:\.\d+)? [A-Z]{3})")


def clean(text: str) -> str:
    r"""Return a text as one line without control characters, so that no terminal obeys it.

    >>> clean("Bolloré\n\x1b[31mrouge")
    'Bolloré [31mrouge'
    """
    line = re.sub(r"[\ud800-\udfff]", "\ufffd", " ".join(text.split()))  # names that are no UTF-8
    return "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf"))


def shorten_line(line: str) -> str:
    """Return a line that is not longer than people read: the middle of a very long one is left out.

    >>> shorten_line("a" * 9_000 + "; do this")[-12:]
    'aaa; do this'
    """
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 4 :]}"


def escape_controls(text: str) -> str:
    r"""Write control characters as \uXXXX, which Turtle and JSON read as the same text.

    >>> escape_controls("a\x1bb\n")
    'a\\u001Bb\n'
    """
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04X}", text)


def quote(fact: Fact, article: Article) -> str:
    """Return an article's words that say a fact.

    >>> pair = Entity("A", "Company"), Entity("B", "Company")
    >>> quote(Fact(pair[0], "acquired", pair[1], evidence=((0, 1),)), Article("a", "A achète B."))
    'A'
    """
    return " … ".join(article.text[slice(*span)] for span in fact.evidence)


def modality(fact: Fact) -> str:
    """Return a fact's modality in lower case, with whether it is over.

    >>> modality(Fact(Entity("A", "Person"), "holdsPosition", Entity("B", "Company"), ended=True))
    'actual, over'
    """
    return fact.modality.lower() + (", over" if fact.ended else "")


def details(fact: Fact) -> str:
    """Return what qualifies a fact: its role, figures, dates and market, and who says so.

    >>> pair, sum_ = (Entity("A", "Company"), Entity("B", "Company")), Decimal(40_000_000)
    >>> details(Fact(pair[0], "acquired", pair[1], qualifiers={"currency": "EUR", "amount": sum_}))
    'amount 40,000,000 EUR'
    """
    known = dict(sorted(fact.qualifiers.items()))
    unit = known.pop("currency", "")
    told = []
    for name, value in known.items():
        if name.startswith("amount"):
            told.append(f"{name} {separate(plain(value))} {unit}".strip())
        else:
            told.append(plain(value) if name == "role" else f"{name} {plain(value)}")
    said = [f"according to {fact.attributed_to.name}"] if fact.attributed_to else []
    return "; ".join((*told, *said))


def separate(number: str) -> str:
    """Return a number of five digits or more with its thousands set apart, for people.

    >>> separate("40000000"), separate("-12345.5"), separate("2019"), separate("0.38")
    ('40,000,000', '-12,345.5', '2019', '0.38')
    >>> len(separate("9" * 6000))
    7999
    """
    whole, dot, rest = number.partition(".")
    digits = whole.removeprefix("-")
    return f"{Decimal(whole):,}{dot}{rest}" if digits.isdecimal() and len(digits) > 4 else number


def separate_sums(text: str) -> str:
    """Return a text that is a sum with its thousands set apart, any other as it is.

    >>> separate_sums("40000000 EUR"), separate_sums("Le 12345 EUR")
    ('40,000,000 EUR', 'Le 12345 EUR')
    """
    found = SUM.fullmatch(text)
    return f"{Decimal(found[1]):,}{found[2]}" if found else text


def fact_rows(readings: Iterable[Reading]) -> Iterator[tuple[str, ...]]:
    """Yield each fact as the cells of `FACT_COLUMNS`."""
    for reading in readings:
        for fact in reading.facts:
            yield (
                reading.article.name,
                fact.subject.name,
                fact.property,
                plain(fact.object),
                details(fact),
                modality(fact),
                f"{fact.confidence:.2f}",
                quote(fact, reading.article),
            )


def summary_lines(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the facts of one article as lines, or how many each of several has."""
    if len(readings) == 1:
        for row in fact_rows(readings):
            _, subject, relation, target, _, status, _, words = map(clean, row)
            yield f"{subject}  {relation}  {target}  ({status})  « {words} »"
    yield from map(count_things, readings)


def count_things(reading: Reading) -> str:
    """Return how many facts and things an article has, as one line.

    >>> count_things(Reading(Article("fusion", "Rien.")))
    'fusion: 0 facts, 0 things'
    """
    return count_line_of(reading.article, len(reading.facts), len(reading.entities))


def count_line_of(article: Article, facts: int, things: int) -> str:
    """Return how many facts and things there are of an article, as one line."""
    return clean(f"{article.name}: {tell_count(facts, 'fact')}, {tell_count(things, 'thing')}")


def count_line(graph: Graph) -> str:
    """Return how many facts and spans a graph has, as one line.

    >>> from rdflib import Graph
    >>> count_line(Graph())
    'ok: 0 facts, 0 spans exact'
    """
    from rdflib import RDF

    from kg.graph.vocabularies import KG, NIF

    facts = sum(1 for _ in graph.subjects(RDF.type, KG.Fact))
    spans = sum(1 for _ in graph.subjects(NIF.anchorOf, None))
    return f"ok: {tell_count(facts, 'fact')}, {tell_count(spans, 'span')} exact"


def plain(value: object) -> str:
    """Return a thing's name, or a value as text.

    >>> plain(Entity("Maroc", "Country")), plain(Decimal("7.1")), plain(None)
    ('Maroc', '7.1', '')
    """
    if isinstance(value, Entity):
        return value.name
    return "" if value is None else str(value)


def fact_json(fact: Fact, article: Article) -> str:
    """Return a fact as one line of JSON, with everything that is known about it."""
    record = {
        "article": article.name,
        "subject": fact.subject.name,
        "subject_class": fact.subject.kind,
        "relation": fact.property,
        "object": fact.object if isinstance(fact.object, Decimal) else fact.object.name,
        "object_class": fact.object.kind if isinstance(fact.object, Entity) else None,
        "modality": fact.modality,
        "ended": fact.ended,
        "qualifiers": dict(sorted(fact.qualifiers.items())),
        "attributed_to": plain(fact.attributed_to) or None,
        "confidence": round(fact.confidence, 2),
        "evidence": [
            {"begin": begin, "end": end, "quote": article.text[begin:end]}
            for begin, end in fact.evidence
        ],
    }
    return json.dumps(record, ensure_ascii=False, default=json_value)


def json_value(value: object) -> float | str:
    """Return a decimal as a number and a thing as its name.

    >>> json_value(Decimal("7.1")), json_value(Entity("Maroc", "Country"))
    (7.1, 'Maroc')
    """
    return float(value) if isinstance(value, Decimal) else plain(value)


def make_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Make a table of clean cells to print; one without a cell is no column, a text no markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    longest = longest_words(columns, rows)
    used = [place for place, wide in enumerate(longest) if wide]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place in used:
        table.add_column(columns[place], overflow="fold", min_width=longest[place])
    for row in rows:
        table.add_row(*(Text(row[place]) for place in used))
    return table


def longest_words(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how long the longest word of each column is; 0 for one without a cell."""
    return [
        longest_word([columns[at], *(row[at] for row in rows)]) if any(r[at] for r in rows) else 0
        for at in range(len(columns))
    ]


def keeps_words(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a table of so many characters breaks no word of its columns.

    >>> keeps_words(["who", "what"], [["Nordil", "holdsPosition"]], 20)
    False
    """
    used = [wide for wide in longest_words(columns, rows) if wide]
    return sum(used) + 3 * len(used) <= width


def longest_word(texts: Iterable[str]) -> int:
    """Return how long the longest word is, `WORD` at most.

    >>> longest_word(["competes with", "x" * 100])
    13
    """
    return max((min(len(word), WORD) for text in texts for word in text.split()), default=0)
