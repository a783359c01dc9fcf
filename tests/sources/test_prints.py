"""Pages of the web that a browser has printed: no time, no address, no box beside in the text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.sources.folding import fold_text
from kg.sources.forms.columns import (
    PageLine,
    drop_margins,
    gather_text,
    is_box,
    is_rest,
    order_lines,
)
from kg.sources.forms.printed.browsers import drop_prints

TEXT = (
    "Le groupe Nordil a annoncé mardi l'acquisition de la société", "Vasco pour 42 millions.",
    "Vasco, fondée en 2009 par Luc Tanguy, emploie 180 personnes", "et fournit Hexo.",
    "La transaction doit être finalisée au deuxième trimestre", "de l'année 2024.",
)  # fmt: skip
BOX = ("Les plus lus", "Solvéra licencie 300 salariés", "Marvanel nomme Paul Drumont", "Une grève")
ADDRESS = "https://gazette.example/economie/fusion"


def line(text: str, left: float, top: float, size: float = 10) -> PageLine:
    """Return a line of a page of 800 points, so many points down."""
    box = (left, 1 - (top + 2) / 800, left + 5.5 * len(text), 1 - (top - size) / 800)
    return PageLine(text, box, size, 0, 800)


def read(lines: Sequence[PageLine]) -> tuple[str, str]:
    """Return the text of a page as it is read, and its address."""
    pages, url = drop_prints([lines])
    text, _ = gather_text([order_lines(page) for page in drop_margins(pages)])
    return text, url


def printed(footer: str = f"{ADDRESS} 1/2") -> list[PageLine]:
    """Return a page with a text, a box beside it and what a browser has printed around."""
    return [
        line("13/03/2024 09:12", 30, 20, 7), line("Fusion - La Gazette", 300, 20, 7),
        line("Fusion", 30, 80, 18), line("Par Irène Sablon", 30, 105), line("Partager", 30, 117),
        *(line(text, 30, 140 + 13 * at) for at, text in enumerate(TEXT)),
        *(line(text, 430, 146 + 11 * at, 8) for at, text in enumerate(BOX)),
        line(footer, 30, 785, 7),
    ]  # fmt: skip


def test_a_print_is_read_without_what_stands_around_and_beside() -> None:
    text, url = read(printed())
    assert url == ADDRESS
    assert list(filter(None, fold_text(text, lang="fr").text.split("\n"))) == [
        "Fusion", *(f"{one} {two}" for one, two in zip(TEXT[::2], TEXT[1::2], strict=True)),
    ]  # fmt: skip


@pytest.mark.parametrize("footer", ["file:///home/irene/a.html", "https://gazette.example/a…"])
def test_an_address_that_is_none_is_dropped(footer: str) -> None:
    text, url = read(printed(footer))
    assert url == "" and footer not in text


def test_the_cells_of_a_table_are_no_box() -> None:
    left = [line(f"Société numéro {at}", 30, 100 + 12 * at) for at in range(8)]
    right = [line("un chiffre d'affaires", 300, 100 + 12 * at) for at in range(1, 7)]
    assert not is_box(left, right)
    assert is_box(left, [line("un titre de trois mots", 300, 107 + 9 * at) for at in range(5)])


@pytest.mark.parametrize("rest", range(1, 9))
def test_a_text_that_ends_high_in_its_second_column_is_read_in_order(rest: int) -> None:
    words = [f"le groupe numéro {at:02} a racheté sa filiale," for at in range(40 + rest)]
    lines = [line(one, 30 + 275 * (at >= 40), 100 + 12 * (at % 40)) for at, one in enumerate(words)]
    assert [one.text for one in order_lines(lines)] == words


def test_the_cells_of_a_table_are_no_second_column() -> None:
    rows = [(f"Le chiffre d'affaires de la société {at}", "12 millions d'euros") for at in range(9)]
    cells = [
        line(one, 30 + 275 * at, 100 + 12 * row)
        for row, it in enumerate(rows)
        for at, one in enumerate(it)
    ]
    above = [
        line("Le groupe a publié ses comptes pour l'an 2024", 30, 40 + 12 * at) for at in range(5)
    ]
    assert not is_rest([*above, *cells[::2]], cells[1:6:2])


def test_a_short_line_without_a_stop_ends_where_a_capital_follows() -> None:
    lines = [
        line("Par Irène Sablon", 30, 100),
        *(line(one, 30, 113 + 13 * at) for at, one in enumerate(TEXT)),
    ]
    assert read(lines)[0].split("\n\n")[0] == "Par Irène Sablon"
