"""A hyphen at a line's end stays where it is a compound's own, and goes where it divides a word."""

from __future__ import annotations

import pytest

from kg.sources.folding import fold_text
from kg.sources.forms.columns import PageLine, gather_text

COMPOUNDS = [
    ("the Paris-", "based company", "Paris-based"),
    ("the state-", "owned fund", "state-owned"),
    ("a coal-", "fired plant", "coal-fired"),
    ("the 19th-", "century mill", "19th-century"),
    ("le savoir-", "faire du site", "savoir-faire"),
    ("la main-", "d’œuvre du site", "main-d’œuvre"),
    ("la main-", "d'œuvre du site", "main-d'œuvre"),
    ("les sites au-", "dessus de Lyon", "au-dessus"),
    ("son ex-", "directeur général", "ex-directeur"),
    ("le président-", "directeur général", "président-directeur"),
    ("la mi-", "juin", "mi-juin"),
    ("à Yverdon-", "les-Bains", "Yverdon-les-Bains"),
    ("jusque-", "là", "jusque-là"),
]
SUSPENDED = [
    ("the pre-", "and post-merger rights", "pre- and post-merger"),
    ("short-", "or long-term loans", "short- or long-term"),
    ("le micro-", "et nano-électronicien", "micro- et nano-électronicien"),
    ("les sous- ", "et co-traitants", "sous- et co-traitants"),
    ("les mini-", "ou maxi-formats", "mini- ou maxi-formats"),
]
DIVIDED = [
    ("dit aujour-", "d'hui à Lyon", "aujourd'hui"),
    ("it has al-", "ready said", "already"),
    ("attendu de-", "puis long-", "depuis"),
    ("long-", "temps après", "longtemps"),
    ("the state-", "ment of the group", "statement"),
    ("il a bou-", "clé le rachat", "bouclé"),
    ("il porte-", "rait sur", "porterait"),
    ("le sec-", "teur va mal. Un secteur", "secteur"),
    ("un cré-", "dit de la banque", "crédit"),
    ("a new tract-", "or. The tractor is", "tractor"),
]


@pytest.mark.parametrize(("line", "following", "joined"), [*COMPOUNDS, *SUSPENDED, *DIVIDED])
def test_a_hyphen_at_a_line_end_is_a_compounds_or_divides(
    line: str, following: str, joined: str
) -> None:
    assert joined in fold_text(f"{line}\n{following}").text


def test_two_words_of_the_text_are_a_compound() -> None:
    text = "Le génie chimique vend du conseil. Le bureau de génie-\nconseil est à vendre."
    assert "génie-conseil" in fold_text(text).text
    assert "génieconseil" in fold_text(text.replace("du conseil", "tout")).text


@pytest.mark.parametrize(("line", "following", "joined"), [*COMPOUNDS, *SUSPENDED, *DIVIDED])
def test_so_does_one_in_a_pdf(line: str, following: str, joined: str) -> None:
    lines = [
        PageLine(text, (60, 0.5 - at / 50, 500, 0.51 - at / 50), 11, 0, 800)
        for at, text in enumerate((line, following))
    ]
    assert joined in gather_text([lines])[0]
