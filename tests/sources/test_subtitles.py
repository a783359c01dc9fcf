"""Subtitles and transcripts read as what is said: no times, no numbers, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import read_article
from kg.sources.forms.timed.marked import drop_marks

SAID = "Le groupe Nordil a racheté la société Vasco pour 42 millions d'euros."
SRT = """1
00:00:01,000 --> 00:00:04,200
<i>Le groupe Nordil a racheté</i>
la société Vasco

2
00:00:04,400 --> 00:00:09,000
pour 42 millions d'euros.

3
00:00:09,200 --> 00:00:12,000
[Applaudissements]
- Quand ?
- {\\an8}En mars.
"""
VTT = """WEBVTT - Entretien
Language: fr

NOTE fait par un programme

STYLE
::cue { color: white }

début
00:00:01.000 --> 00:00:04.200 align:start position:0%
<v Irène Sablon>Le groupe Nordil <c.jaune>a racheté</c>

00:04.200 --> 00:09.000
<v Irène Sablon>la société <00:00:06.000>Vasco pour 42 millions d&#39;euros.

00:09.200 --> 00:14.000
<v Paul Vey>Quand ?
"""
ROLLED = """WEBVTT
Kind: captions
Language: fr

00:00:00.160 --> 00:00:02.310 align:start position:0%
\x20
Le<00:00:00.400><c> groupe</c><00:00:00.600><c> Nordil</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
Le groupe Nordil
\x20

00:00:02.320 --> 00:00:04.310 align:start position:0%
Le groupe Nordil
a<00:00:02.400><c> racheté</c><00:00:02.900><c> la société</c><00:00:03.000><c> Vasco</c>

00:00:04.310 --> 00:00:04.320 align:start position:0%
a racheté la société Vasco
\x20

00:00:04.320 --> 00:00:06.000 align:start position:0%
a racheté la société Vasco
pour 42 millions d'euros.
"""


def read(tmp_path: Path, name: str, text: str) -> Article:
    """Read a file of some name and text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_article(path)


@pytest.mark.parametrize("name", ["a.srt", "a.txt", "a.fr.srt", "a"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_subrip_is_what_is_said(tmp_path: Path, name: str, end: str) -> None:
    one = read(tmp_path, name, SRT.replace("\n", end))
    assert one.text == f"{SAID}\n\nQuand ?\n\nEn mars."
    assert one.lang == "fr"


def test_webvtt_names_who_speaks(tmp_path: Path) -> None:
    one = read(tmp_path, "a.vtt", VTT)
    assert one.text == f"Irène Sablon : {SAID}\n\nPaul Vey : Quand ?"
    assert one.title == "Entretien"


def test_lines_that_roll_up_are_read_once(tmp_path: Path) -> None:
    assert read(tmp_path, "a.vtt", ROLLED).text == SAID


def test_an_answer_said_twice_is_read_twice(tmp_path: Path) -> None:
    cues = [f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n" for at in range(1, 4)]
    text = "\n".join((f"{cues[0]}Le groupe signe ?\n", f"{cues[1]}Oui.\n", f"{cues[2]}Oui.\n"))
    assert read(tmp_path, "a.srt", text).text == "Le groupe signe ? Oui. Oui."


def test_subtitles_without_words_are_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"a.srt: subtitles without words"):
        read(tmp_path, "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n[Musique]\n")


@pytest.mark.parametrize("text", ["1\nLe groupe signe.\n", "WEBVTT\n\nLe groupe signe.\n", "x"])
def test_subtitles_without_times_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(ArticleError, match=r"a.srt: subtitles without words"):
        read(tmp_path, "a.srt", text)


def test_a_transcript_loses_its_times(tmp_path: Path) -> None:
    words = SAID.split(" ")
    lines = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
    copied = "".join(f"{at}:0{at}\n{line}\n" for at, line in enumerate(lines))
    assert read(tmp_path, "a.txt", copied).text == SAID
    turns = [f"[00:00:0{at}] Irène Sablon : {SAID}" for at in range(3)]
    assert read(tmp_path, "b.txt", "\n".join(turns)).text.count(f"Irène Sablon : {SAID}") == 3
    assert "[00" not in read(tmp_path, "b.txt", "\n".join(turns)).text


@pytest.mark.parametrize(
    "text",
    [
        "Horaires\n10:30\nLe groupe Nordil signe.\nVasco et Hexo aussi.\nUn accord.\n",
        "1. Nordil rachète Vasco\n2. Hexo licencie\n3. Solvéra signe\n4. Rien\n5. Tout\n",
        "1 Nordil\n2 Vasco\n3 Hexo\n4 Solvéra\n5 Marvanel\n",
        "> Un accord.\nLe groupe signe.\nVasco aussi.\n",
        "2023\nUn accord.\n2024\nUn autre.\n",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    assert drop_marks(text) == text


LINES = st.lists(st.from_regex(r"[a-zA-Zé][a-zé' ]{0,30}[a-zé]", fullmatch=True), min_size=5)


@given(LINES)
def test_marks_before_lines_go_and_nothing_else(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert drop_marks(text) == text
    assert drop_marks("\n".join(f"> {line}" for line in lines)) == text
    numbered = "\n".join(f"{at:4}  {line}" for at, line in enumerate(["", *lines], 1))
    assert drop_marks(numbered) == f"\n{text}"


@given(st.text(alphabet="0123456789:,.->\n\r \t<>[]ab", max_size=400))
def test_any_text_gives_an_article_or_one_line(text: str) -> None:
    assert isinstance(drop_marks(text), str)
