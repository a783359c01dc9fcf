"""Saved pages of news: nothing of the article is lost, nothing of what surrounds it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.sources.articles import find_articles, read_articles
from kg.sources.source import Options

STANDFIRST = "Le groupe met la main sur un fabricant de turbines, qui emploie 300 personnes."
BODY = (
    "Le groupe énergétique Vernolle a annoncé mardi le rachat de la société suisse Hydréol, pour "
    "120 millions d’euros. L’opération doit être finalisée d’ici à la fin de l’année.",
    "Hydréol, fondée en 1987 à Lausanne, fournit des turbines au constructeur Brennmark. Son "
    "chiffre d’affaires a atteint 85 millions d’euros en 2023, selon Jeanne Costil.",
)
HEAD = "<!doctype html><html lang=fr><head><meta charset=utf-8><title>{0}</title>{1}</head><body>"


def read(folder: Path, page: str) -> list[Article]:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return list(read_articles([path]))


def lines(article: Article) -> list[str]:
    return [line.removeprefix("- ") for line in article.text.split("\n") if line]


def test_what_introduces_an_article_is_read(tmp_path: Path) -> None:
    page = HEAD.format("Vernolle rachète Hydréol", "") + (
        "<main><section class=article__wrapper><header class=article__header>"
        "<h1 class=article__title>"
        f"Vernolle rachète Hydréol</h1><p class=article__desc>{STANDFIRST}</p></header>"
        "<section class=article__content>"
        f"{''.join(f'<p class=article__paragraph>{one}</p>' for one in (*BODY, *BODY[:1]))}"
        "</section></section></main></body></html>"
    )
    (one,) = read(tmp_path, page)
    assert lines(one) == ["Vernolle rachète Hydréol", STANDFIRST, *BODY, BODY[0]]


def test_headings_and_items_beside_paragraphs_are_read(tmp_path: Path) -> None:
    page = HEAD.format("Vernolle", "") + (
        "<ul><li>Accueil</li></ul><div><h1>Communiqués</h1><ul><li>Énergie</li></ul>"
        "<h2>Vernolle acquiert Hydréol</h2>"
        f"<p>{BODY[0]}</p><ul><li>Brennmark reste client.</li></ul><h3>À propos d’Hydréol</h3>"
        "<ul><li><a href=x>Brennmark en crise</a></li></ul>"
        "<ul class=comments><li>Jean : Nordil a racheté Vasco.</li></ul>"
        f"<p>{BODY[1]}</p><h3>Sur le même sujet</h3><ul><li>Brennmark en crise</li></ul>"
        "<h3>Suivez-nous</h3></div><div><h3>Services</h3></div></body></html>"
    )
    (one,) = read(tmp_path, page)
    assert lines(one)[1:] == [
        "Vernolle acquiert Hydréol", BODY[0], "Brennmark reste client.", "À propos d’Hydréol",
        BODY[1],
    ]  # fmt: skip


def test_templates_of_a_page_are_not_read(tmp_path: Path) -> None:
    page = HEAD.format("Vernolle rachète Hydréol", "") + (
        "<amp-sidebar><p>Accueil et économie.</p></amp-sidebar><article><h1>Vernolle rachète "
        f"Hydréol</h1><p>{BODY[0]}</p><p>{BODY[1]}</p>"
        "<amp-list><template><p>{{title}}</p></template></amp-list></article></body></html>"
    )
    (one,) = read(tmp_path, page)
    assert lines(one) == ["Vernolle rachète Hydréol", *BODY]


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    hidden = "<p hidden>Nordil a racheté Vasco.</p><div hidden><p>Vasco a cédé Nordil.</p></div>"
    page = HEAD.format("Vernolle rachète Hydréol", "") + (
        f"<main hidden><article><h1>Vernolle rachète Hydréol</h1><p>{BODY[0]}</p>{hidden}"
        f"<p>{BODY[1]}</p></article></main></body></html>"
    )
    (one,) = read(tmp_path, page)
    assert lines(one) == ["Vernolle rachète Hydréol", *BODY]


COOKIES = "Avec nos 842 partenaires, nous utilisons des cookies. Vous pouvez accepter ou refuser."


@pytest.mark.parametrize(
    ("title", "paragraphs", "said"),
    [
        ("La Gazette", ["Nous respectons votre vie privée", COOKIES], "a request for consent"),
        ("Vernolle", ["Vernolle a annoncé mardi le rachat de", "Déjà abonné ?"], "a paywall"),
        ("403 Forbidden", ["You don't have permission to access this resource."], "a fault of"),
        ("Page introuvable", ["La page que vous cherchez n'existe pas."], "a fault of"),
        ("Vérification", ["Vérifiez que vous êtes humain. Un instant."], "a check for robots"),
        ("Gazette", ["Vous devez activer JavaScript pour lire cette page."], "a check for robots"),
    ],
)
def test_a_page_without_an_article_is_told(
    tmp_path: Path, title: str, paragraphs: list[str], said: str
) -> None:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    with pytest.raises(ArticleError, match=said):
        read(tmp_path, f"{HEAD.format(title, '')}<main><h1>{title}</h1>{body}</main></body></html>")
    (one,) = read(
        tmp_path,
        f"{HEAD.format('404 millions', '')}{body}<article><h1>404 millions d’euros pour Hydréol"
        f"</h1><p>{BODY[0]}</p></article></body></html>",
    )
    assert BODY[0] in one.text


def test_a_beginning_before_a_paywall_is_told(tmp_path: Path) -> None:
    path, notes = tmp_path / "a.html", list[str]()
    for end in ("", "<p>Il vous reste 85 % de cet article à lire. La suite est réservée.</p>"):
        path.write_text(f"{HEAD.format('Vernolle', '')}<article><p>{BODY[0]}</p>{end}", "utf-8")
        (one,) = find_articles([path], Options(note=notes.append))
        assert isinstance(one, Article) and one.text == f"Vernolle\n\n{BODY[0]}"
    assert notes == [f"{path}: only what stands before a paywall is read"]


def test_a_short_article_among_several_is_read(tmp_path: Path) -> None:
    short = (
        "Le constructeur Brennmark a ouvert à Évreux une usine qui emploie cent personnes en tout."
    )
    bodies = [f"{BODY[0]} {BODY[1]}", f"{BODY[1]} {BODY[0]}", short]
    parts = "".join(
        f"<article><h3>Brève {at}</h3><p>{one}</p></article>"
        for at, one in enumerate((*bodies, "Lire la suite"), 1)
    )
    found = read(tmp_path, f"{HEAD.format('En direct', '')}<main>{parts}</main></body></html>")
    assert [lines(one) for one in found] == [
        [f"Brève {at}", one] for at, one in enumerate(bodies, 1)
    ]


def test_several_articles_have_the_publisher_of_their_page(tmp_path: Path) -> None:
    parts = "".join(
        f"<article><time datetime=2024-03-12T11:40>11:40</time><h3>{title}</h3><p>{body} {body}</p>"
        "</article>"
        for title, body in zip(("Vernolle", "Hydréol"), BODY, strict=True)
    )
    meta = "<meta property=og:site_name content='La Gazette'>"
    found = read(tmp_path, f"{HEAD.format('En direct', meta)}<main>{parts}</main></body></html>")
    assert [(one.title, one.source) for one in found] == [
        ("Vernolle", "La Gazette"), ("Hydréol", "La Gazette"),
    ]  # fmt: skip


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>La Gazette</title>
<link>https://g.example/</link><item><title>Un rachat - La Gazette</title><link>/1</link>
<description>{}&lt;p&gt;L’article &lt;a href="x"&gt;Un rachat&lt;/a&gt; est apparu en premier sur
&lt;a href="y"&gt;La Gazette&lt;/a&gt;.&lt;/p&gt;</description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry>
<title>Un rachat</title><author><name>A B</name></author><author><name>C D</name></author>
<content>{}</content></entry></feed>"""


def test_what_a_program_writes_below_an_entry_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(FEED.format(f"&lt;p&gt;{BODY[0]}&lt;/p&gt;"), encoding="utf-8")
    (one,) = read_articles([path])
    assert (one.title, one.text) == ("Un rachat", f"Un rachat\n\n{BODY[0]}")
    assert one.url == "https://g.example/1"


def test_a_feed_that_breaks_off_is_told(tmp_path: Path) -> None:
    path, whole = tmp_path / "a.rss", FEED.format(BODY[0])
    for cut, told in ((0, []), (30, [f"{path}: breaks off in or after entry 1; fetch it again"])):
        path.write_text(whole[: len(whole) - cut], encoding="utf-8")
        one, *errors = find_articles([path], Options())
        assert isinstance(one, Article) and list(map(str, errors)) == told


def test_an_entry_has_all_its_authors(tmp_path: Path) -> None:
    path = tmp_path / "a.atom"
    path.write_text(ATOM.format(BODY[0]), encoding="utf-8")
    (one,) = read_articles([path])
    assert one.author == "A B, C D"
