"""What the reader sees is unwrapped and composed, and each character knows where it stands."""

from __future__ import annotations

import re
import textwrap
import time
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import reader
from kg.model import Article, Entity, Fact, Reading, Span
from kg.sources.encodings import split_lines
from kg.sources.folding import Folded, fold_text, unfold_reading
from kg.sources.lines import join_lines

#: Texts of what folding is about: accents apart, hyphens and blanks at line ends, odd breaks.
PIECES = (
    "Le groupe", "énergétique", "e\u0301", "Hydré-", "\n", "ol", "\r\n", "\r", "\u2028", " ", "  ",
    "\u00ad", "\u200b", "ﬁn", ", ", ".", "\n\n", "Lire aussi : X", "© AFP", "| a | b", "\t", "- x",
    "the of and has been was for", "de la et les est dans", "\u0301\u0301", "\ufeff", "𝒳", "Saint-",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def bare(text: str) -> str:
    """Return a text as folding leaves it at the least: composed, without blanks and hyphens."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(
        r"[\s\-\u2010\u00ad\u00ac\u200b\u034f\u061c\u180e\u200e-\u202f\u2060-\u206f\ufeff]",
        "",
        text,
    )


@settings(max_examples=500)
@given(TEXTS)
def test_map_is_monotone_and_within_the_text(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.text) == len(folded.begins) == len(folded.ends)
    assert list(folded.begins) == sorted(folded.begins)
    assert list(folded.ends) == sorted(folded.ends)
    for begin, end in zip(folded.begins, folded.ends, strict=True):
        assert 0 <= begin < end <= len(text)


@settings(max_examples=500)
@given(TEXTS, st.data())
def test_a_span_comes_back_and_its_quotes_are_equal(text: str, data: st.DataObject) -> None:
    folded = fold_text(text)
    paragraph = data.draw(st.sampled_from(paragraph_spans(folded)))
    begin = data.draw(st.integers(*paragraph))
    end = data.draw(st.integers(begin, paragraph[1]))
    original = folded.unfold((begin, end))
    back = folded.fold(original)
    if begin == end:
        assert original[0] == original[1]
        return
    # A ligature's two letters come back together.
    assert back[0] <= begin < end <= back[1]
    assert folded.unfold(back) == original
    if back == (begin, end):
        assert bare(text[slice(*original)]) == bare(folded.text[begin:end])


def paragraph_spans(folded: Folded) -> list[Span]:
    """Return the stretches without a break, and without a paragraph left out, in them."""
    spans = [(0, 0)]
    for found in re.finditer(r"[^\n]+", folded.text):
        begin, end = folded.unfold(found.span())
        if not any(begin < gone[0] < end for gone, _ in folded.left_out):
            spans.append(found.span())
    return spans


@settings(max_examples=200)
@given(TEXTS)
def test_nothing_but_paragraphs_left_out_is_lost(text: str) -> None:
    folded = fold_text(text)
    gone = "".join(bare(text[slice(*span)]) for span, _ in folded.left_out)
    assert len(bare(folded.text)) + len(gone) == pytest.approx(len(bare(text)), abs=2)


@pytest.mark.parametrize(
    "text",
    [
        "Titre\nUne phrase.\nUne autre phrase.\n",
        "Titre court\nLe groupe a signé.",
        "Trois produits :\nle premier\nle deuxième\nle troisième",
        "Bien fidèlement,\nBlanche d’Estrée",
        "- un accord signé hier\n- une usine promise\n- un contrat perdu",
        "Nom\tPart\nNordil\t12 %",
        "1. Nordil, le chimiste\n2. Vasco, le fondeur",
    ],
)
def test_what_is_not_wrapped_stays_as_it_is(text: str) -> None:
    assert fold_text(text).text == text


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("le groupe a nommé la vice-", "présidente du fonds", "vice-présidente"),
        ("la direc-", "trice du fonds", "directrice"),
        ("le port de Saint-", "Aubin, où", "Saint-Aubin"),
        ("en 2018-", "2019, selon", "2018-2019"),
        ("demande-t-elle ? répond-", "il aussitôt", "répond-il"),
        ("ont sous-", "crit au capital", "souscrit"),
        ("un sous-", "traitant du groupe", "sous-traitant"),
        ("de l’énergé\u00ad", "tique", "énergétique"),
        ("Le porte-", "parole du groupe", "porte-parole"),
        ("tous les partenaires de la co-", "opération", "coopération"),
    ],
)
def test_a_hyphen_at_a_line_end_is_kept_where_the_word_has_one(
    line: str, following: str, joined: str
) -> None:
    assert joined in fold_text(f"{line}\n{following}").text


def test_the_text_itself_tells_whether_a_word_has_a_hyphen() -> None:
    text = "L’agro-industrie va mal. Le patron de l’agro-\nindustrie le dit."
    assert fold_text(text).text.count("agro-industrie") == 2
    assert "agroindustrie" in fold_text(text.replace("agro-i", "agroi")).text


def test_a_reading_of_the_folded_text_counts_the_articles_characters() -> None:
    text = "Solve\u0301ra a racheté la société Hydré-\nol pour 3 M€ à son\nfondateur."
    article = Article("a", text)
    folded = fold_text(text)
    assert folded.text == "Solvéra a racheté la société Hydréol pour 3 M€ à son fondateur."

    def read(seen: Article) -> Reading:
        whole = (0, len(seen.text))
        one = Entity("Solvéra", "Company", mentions=((0, 7),))
        place = seen.text.index("Hydréol")
        other = Entity("Hydréol", "Company", mentions=((place, place + 7),))
        told = {"amount": Decimal(3), "owner": other}
        fact = Fact(one, "acquired", other, qualifiers=told, attributed_to=one, evidence=(whole,))
        return Reading(seen, (one, other), (fact,), (whole,))

    reading = unfold_reading(read(replace(article, text=folded.text)), folded, article)
    assert reading.article == article
    quotes = [text[slice(*span)] for one in reading.entities for span in one.mentions]
    assert quotes == ["Solve\u0301ra", "Hydré-\nol"]
    (fact,) = reading.facts
    assert (fact.subject, fact.object) == reading.entities
    assert fact.qualifiers["owner"] == fact.object and fact.attributed_to == fact.subject
    assert fact.evidence == reading.sentences == ((0, len(text)),)


def test_a_text_that_needs_no_folding_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("a", "Le groupe signe un accord.\n")
    monkeypatch.setattr(reader, "read_plain", lambda seen, _: (seen is article, seen))
    assert reader.read(article) == (True, article)


@pytest.mark.parametrize(
    "unit",
    [
        "Le groupe a signé un\naccord de cinq ans. ",
        "e\u0301",
        "mot-\n",
        "x\n\n",
        "a | b\n",
        "\u0301",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()  # of this process alone: others may be busy
        fold_text(text, lang="fr")
        return (time.process_time() - begun) / size

    seconds(30_000)
    short = min(seconds(30_000) for _ in range(9))
    long = min(seconds(300_000) for _ in range(3))
    assert long <= 3 * short  # ten times the text: a square would take ten times as long a letter


@pytest.mark.parametrize(
    ("headline", "seen"),
    [
        ("VASCO S’OFFRE L’USINE DE LA SNCF", "Vasco s’offre l’usine de la SNCF"),
        ("NORDIL : « NOUS GARDONS ORVANE »", "Nordil : « nous gardons Orvane »"),
        ("EDF, SNCF", "EDF, SNCF"),
    ],
)
def test_a_headline_in_capitals_is_read_as_the_text_writes_its_words(
    headline: str, seen: str
) -> None:
    body = (
        "Le groupe Nordil garde Orvane. Selon Vasco, l’usine de la SNCF est à vendre. Nous verrons."
    )
    folded = fold_text(f"{headline}\n\n{body}")
    assert folded.text == f"{seen}\n\n{body}"
    assert folded.unfold((0, 5)) == (0, 5)
    assert fold_text(headline).text == headline


def test_joints_are_as_many_as_lines() -> None:
    lines = split_lines("a\nb\r\n\nc")
    assert len(join_lines(lines)) == len(lines) == 4


@pytest.mark.parametrize("end", ["\n\n", "\n \n", "\r\n\r\n"])
def test_a_blank_line_after_each_line_is_none(end: str) -> None:
    title, one = "Vernolle rachète Hydréol", "Le groupe Vernolle a racheté la société Hydréol. "
    body = (
        one + "Elle emploie 300 personnes à Évreux, où la directrice Adèle Mourioux reste. "
    ) * 4
    body = body.strip()
    text = end.join([title, *textwrap.wrap(body, 70)])
    folded = fold_text(text)
    assert folded.text.split("\n")[0] == title
    assert " ".join(folded.text.split()) == f"{title} {body}"
    assert len([line for line in folded.text.split("\n") if line.strip()]) < 6
    for at, letter in enumerate(folded.text):
        if letter.isalnum():
            assert text[slice(*folded.unfold((at, at + 1)))] == letter


def test_the_items_of_a_list_stay_apart() -> None:
    items = [
        "rachat de la société Hydréol par Vernolle",
        "cession de la société Vasco par Nordil",
    ] * 4
    text = "\n\n".join(["Les opérations de la semaine", *items])
    assert fold_text(text).text == text
