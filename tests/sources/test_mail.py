"""An e-mail's own words are read, all of them, in the encoding that its mailer means."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources.articles import read_article
from kg.sources.forms.mail import own_words

HEAD = (
    "From: Service <a@b.example>\nTo: x@y.example\nSubject: Rachat\n"
    "Date: Tue, 12 Mar 2024 10:00:00 +0100\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset={}\nContent-Transfer-Encoding: 8bit\n\n"
)
ONE = "Le groupe Solvéra a racheté la société Hydréol pour 20 millions d'euros."
TWO = "La société Nordil a signé un accord avec le groupe Vasco."
WHOLE = [
    f"{ONE}\n\n{'_' * 40}\n\n{TWO}",
    f"{ONE}\n\nLe directeur général du groupe a écrit :\n\n« {TWO} »",
    f"{ONE}\n\nLe directeur général du groupe a écrit :\n{TWO}",
    f"{ONE}\n\nThe chief executive of the group wrote:\n\n“{TWO}”",
    f"{ONE}\n{'_' * 30}\nDe la part de Nordil : un mot\n{TWO}",
]
ANSWERS = [
    f"{ONE}\n\nLe 3 mars 2025, X a écrit :\n> {TWO}",
    f"{ONE}\n\nLe mar. 12 mars 2024 à 10:00, Service <a@b.example> a écrit :\n\n{TWO}",
    f"{ONE}\n\nLe mar. 12 mars 2024 à 10:00, Service de presse du groupe\n"
    f"<a@b.example> a écrit :\n\n{TWO}",
    f"{ONE}\n\nOn Tue, 12 Mar 2024, Service wrote:\n\n{TWO}",
    f"{ONE}\n\nService a écrit :\n> {TWO}",
    f"{ONE}\n\n{'_' * 32}\nDe : Service <a@b.example>\nEnvoyé : mardi 12 mars 2024\n"
    f"À : x\nObjet : Rachat\n\n{TWO}",
    f"{ONE}\n\n{'_' * 32}\nFrom: Service\nSent: Tuesday\nTo: x\nSubject: y\n\n{TWO}",
    f"{ONE}\n\n-----Message d'origine-----\n{TWO}",
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_no_answer_is_read_to_its_end(text: str) -> None:
    assert own_words(text) == text


@pytest.mark.parametrize("text", ANSWERS)
def test_what_a_message_answers_is_left_out(text: str) -> None:
    assert own_words(text) == ONE


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "latin1"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_latin_1_is_windows_1252(tmp_path: Path, charset: str, encoding: str) -> None:
    text = "Le groupe Solvéra a signé l’accord pour 20 millions d’€ — l’œuvre de Nordil."
    path = tmp_path / "a.eml"
    path.write_bytes(HEAD.format(charset).encode() + text.encode(encoding))
    assert read_article(path).text == f"Rachat\n\n{text}"


def test_the_address_of_a_saved_page_is_known(tmp_path: Path) -> None:
    page = f"<html lang=fr><head><title>Rachat</title></head><body><p>{ONE} {TWO}</p></body></html>"
    head = HEAD.format("utf-8").replace("text/plain", "text/html")
    path = tmp_path / "a.mhtml"
    place = "Snapshot-Content-Location: https://gazette.example/castigne#top\n"
    path.write_text(place + head + page, encoding="utf-8")
    assert read_article(path).url == "https://gazette.example/castigne"
