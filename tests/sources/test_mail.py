"""An e-mail's own words are read, all of them, in the encoding that its mailer means."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.sources.articles import read_article, read_articles
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


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_message_that_is_called_a_text_is_one(tmp_path: Path, end: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Service <a@b.example>", "Rachat"
    message.set_content(f"{ONE} Il est signé.", cte="quoted-printable")
    (tmp_path / "a.txt").write_bytes(end.join(message.as_string().splitlines()).encode())
    article = read_article(tmp_path / "a.txt")
    assert (article.text, article.source) == (f"Rachat\n\n{ONE} Il est signé.", "Service")


def test_a_message_of_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"\n")
    with pytest.raises(ArticleError, match=r"a\.eml: empty; give a file with text"):
        list(read_articles([tmp_path]))


def test_the_address_of_a_saved_page_is_known(tmp_path: Path) -> None:
    page = f"<html lang=fr><head><title>Rachat</title></head><body><p>{ONE} {TWO}</p></body></html>"
    head = HEAD.format("utf-8").replace("text/plain", "text/html")
    path = tmp_path / "a.mhtml"
    place = "Snapshot-Content-Location: https://gazette.example/castigne#top\n"
    path.write_text(place + head + page, encoding="utf-8")
    assert read_article(path).url == "https://gazette.example/castigne"


def letter(subject: str, body: str, kind: str = "plain", date: str = "12") -> bytes:
    head = HEAD.format("utf-8").replace("text/plain", f"text/{kind}")
    head = head.replace("Subject: Rachat", f"Subject: {subject}").replace("12 Mar", f"{date} Mar")
    return head.encode() + body.encode()


@pytest.mark.parametrize("name", ["box.mbox", "box"])
def test_a_mailbox_gives_each_of_its_messages(tmp_path: Path, name: str) -> None:
    mark = b"From MAILER-DAEMON Tue Mar 12 10:00:00 2024\n"
    path = tmp_path / name
    path.write_bytes(b"\n\n".join(mark + letter(t, b) for t, b in (("Un", ONE), ("Deux", TWO))))
    found = [(one.name, one.title, one.text.strip()) for one in read_articles([path])]
    assert found == [("box-1", "Un", f"Un\n\n{ONE}"), ("box-2", "Deux", f"Deux\n\n{TWO}")]


SENT_ON = [
    "Pour info\n\n---------- Forwarded message ---------\nDe : Léa Martin <lea@x.example>\n"
    "Date: lun. 11 mars 2024 à 10:00\nSubject: Rachat\nTo: <p@x.example>\n\n\n",
    "Pour info.\n\nPaul\n\nDe : Léa Martin <lea@x.example>\nEnvoyé : lundi 11 mars 2024 10:00\n"
    "À : Paul <p@x.example>\nObjet : Rachat\n\n",
    "Begin forwarded message:\n\nFrom: Léa Martin <lea@x.example>\nSubject: Rachat\n"
    "Date: 11 March 2024 at 10:00:00 CET\nTo: p@x.example\n\n",
    "*De :* Léa Martin <lea@x.example>\n*Envoyé :* lundi 11 mars 2024 10:00\n*À :* Paul\n"
    "*Objet :* Rachat\n\n",
]


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("above", SENT_ON)
def test_what_is_sent_on_is_of_whom_had_written_it(tmp_path: Path, above: str, kind: str) -> None:
    body = f"{above}{ONE}\n\n{TWO}"
    if kind == "html":
        lines = body.replace("<", "&lt;").replace("\n", "<br>\n")
        body = f"<html><body><div>{lines}</div></body></html>"
    path = tmp_path / "a.eml"
    path.write_bytes(letter("Fwd: Rachat", body, kind))
    one = read_article(path)
    assert list(filter(None, one.text.split("\n"))) == ["Rachat", ONE, TWO]
    assert (one.title, one.source, one.published) == ("Rachat", "Léa Martin", "2024-03-11")


def test_what_a_page_answers_is_left_out(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>{ONE}</p><div>Le lun. 11 mars 2024 à 10:00, Léa &lt;l@x.example&gt; "
        f"a écrit :<br></div><blockquote><p>{TWO}</p></blockquote></body></html>"
    )
    path = tmp_path / "a.eml"
    path.write_bytes(letter("Re: Rachat", page, "html"))
    assert read_article(path).text == f"Rachat\n\n{ONE}"


def test_an_attached_message_is_read(tmp_path: Path) -> None:
    outer, inner = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "Léa Martin <l@x.example>", "Rachat"
    inner["Date"] = "Mon, 11 Mar 2024 10:00:00 +0100"
    inner.set_content(ONE)
    outer["From"], outer["Subject"] = "Paul <p@x.example>", "TR: article"
    outer.set_content("Ci-joint.")
    outer.add_attachment(inner)
    path = tmp_path / "a.eml"
    path.write_bytes(outer.as_bytes())
    (one,) = read_articles([path])
    assert (one.text.strip(), one.source) == (f"Rachat\n\n{ONE}", "Léa Martin")
    assert one.published == "2024-03-11"


def test_a_linked_headline_of_a_letter_is_read(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td><a href=x><b>{title}</b></a><div><a href=y>Les Echos</a></div><p>{body}</p>"
        "<a href=z>Lire la suite</a></td></tr>"
        for title, body in (("Solvéra rachète Hydréol", ONE), ("Nordil signe avec Vasco", TWO))
    )
    path = tmp_path / "a.eml"
    page = f"<html><body><a href=v>Voir dans le navigateur</a><table>{rows}</table></body></html>"
    path.write_bytes(letter("Alerte", page, "html"))
    lines = ["Alerte", "", "Solvéra rachète Hydréol", ONE, "Nordil signe avec Vasco", TWO]
    assert read_article(path).text.split("\n") == lines
