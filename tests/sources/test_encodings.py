"""Bytes become text without a loss, or are refused with advice that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.sources.articles import read_article
from kg.sources.encodings import decode

FRENCH = "L’œuvre d’Évreux : « 3 % à 15 € », où l’été n’est qu’à Noël – naïf, sûr, ça."
WORDS = st.text(st.sampled_from(" \n.,’«»–€" + "abcdefghijklmnoprstuvéèêàçôùîœÉÀ"), min_size=1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_what_encodings_tell_is_read(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "a.txt") == FRENCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_zeros(encoding: str) -> None:
    assert decode(("Titre\n" + FRENCH).encode(encoding), "a.txt") == "Titre\n" + FRENCH


def test_the_euro_tells_latin_9() -> None:
    text = "Le groupe, 15 € par action, et son œuvre"
    assert decode(text.encode("iso8859-15"), "a.txt") == text


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850", "cp437"])
def test_what_is_unsure_is_refused_with_advice_that_works(encoding: str) -> None:
    text = "Le siège d'Évreux a été cédé à un concurrent âgé de dix ans, où l'été fut rude."
    data = text.encode(encoding, "replace").replace(b"?", b"E")
    with pytest.raises(ArticleError, match="neither UTF-8") as caught:
        decode(data, "a.txt")
    name = re.search(r"--encoding (\S+)", str(caught.value))
    assert name is not None
    advised = decode(data, "a.txt", name[1])
    assert "siège" in advised and "été cédé à un concurrent âgé" in advised


@pytest.mark.parametrize(
    "data",
    [
        "Привет, мир".encode("cp1251"),
        "SolvÃ©ra a rachetÃ©".encode("cp1252"),
        b"Bollor\xe9 et Soci\xc3\xa9t\xc3\xa9",
        bytes(range(128, 256)),
        "こんにちは".encode("shift_jis"),
    ],
)
def test_what_is_no_western_text_is_not_taken_for_it(data: bytes) -> None:
    if data.decode("utf-8", "ignore") == data.decode("utf-8", "replace"):
        return  # 'Ã©' in UTF-8 is what its author wrote
    with pytest.raises(ArticleError, match="neither UTF-8"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("klingon", "no encoding 'klingon'"),
        ("hex", "no encoding"),
        ("ascii", "not ascii (byte 2: 0xe2)"),
        ("\0", "no encoding"),
    ],
)
def test_a_wrong_encoding_is_told(encoding: str, said: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(FRENCH.encode(), "a.txt", encoding)
    assert said in str(caught.value)


@settings(max_examples=300)
@given(WORDS)
def test_windows_1252_is_read_right_or_not_at_all(text: str) -> None:
    data = text.encode("cp1252")
    try:
        read = decode(data, "a.txt")
    except ArticleError as error:
        assert "neither UTF-8" in str(error)
    else:  # 'Éœ' is one letter in UTF-8, too
        assert read == text or read.encode() == data


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        decode(data, "a.txt").encode()
    except ArticleError as error:
        assert "\n" not in str(error)


MOSTLY = [FRENCH + " Le groupe Solvéra a racheté la société Hydréol pour vingt millions."] * 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"{MOSTLY[0]}\n".encode() + b"Morvan\xe7ches", "a.txt: UTF-8 but for a few bytes"),
        ("\n".join([*MOSTLY, "à"]).encode()[:-1], "a.txt: cut in its last character"),
        ("\n".join([*MOSTLY, "15 €"]).encode()[:-1], "a.txt: cut in its last character"),
    ],
)
def test_a_wrong_byte_in_utf_8_is_told(data: bytes, said: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(data, "a.txt")
    assert said in str(caught.value) and "--encoding" not in str(caught.value)
    assert f"line {data.count(10) + 1}: 0x" in str(caught.value)


def test_a_lone_accent_of_windows_1252_is_no_wrong_byte() -> None:
    text = "The group has bought the Evry plant for 20 million euros. " * 9 + "It’s done."
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
def test_a_wrong_byte_costs_a_page_no_more_than_itself(tmp_path: Path, charset: str) -> None:
    body = "".join(f"<p>{line} Il emploie cent personnes à Morvanches.</p>" for line in MOSTLY)
    page = f"<html lang=fr><head><meta charset={charset}><title>T</title></head>"
    path = tmp_path / "page.html"
    path.write_bytes(
        f"{page}<body>{body}</body></html>".encode().replace(b"emploie", b"empl\xe7oie", 1)
    )
    text = read_article(path).text
    assert text.count("\ufffd") == 1 and "empl\ufffdoie" in text and "Évreux" in text


@pytest.mark.parametrize("text", [FRENCH, "Société, où l’été dure", "« À Évreux », 15 €"])
def test_utf_8_that_was_read_as_windows_1252_is_mended(text: str) -> None:
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert twice != text and decode(twice.encode(), "a.txt") == text


def test_a_lone_odd_pair_is_what_its_author_wrote() -> None:
    text = "Le signe « Ã© » est en UTF-8 ce que Windows-1252 lit mal, à Évreux."
    assert decode(text.encode(), "a.txt") == text


def test_lines_of_two_encodings_are_read_each_in_its_own() -> None:
    one, two = f"{FRENCH}\n", "Le siège d'Évreux a été cédé à un groupe âgé, où l'été fut rude."
    for data in (one.encode() + two.encode("cp1252"), two.encode("cp1252") + b"\n" + one.encode()):
        assert sorted(decode(data, "a.txt").strip().split("\n")) == sorted([one.strip(), two])
