"""Pages of the explorer as HTML, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request

from kg import ontology
from kg.endpoint.explorer.words import LANGS, read_words
from kg.endpoint.lines import tell_line
from kg.endpoint.pages import fill_page
from kg.endpoint.protocol import HTML, Reply
from kg.page.render import read
from kg.who.decisions import CLASSES, Decision, Side, read_side

#: A day or a month, as articles are dated.
DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold how a page is asked for: its language, address, and what lets its forms decide.

    `chosen` tells whether the reader chose the language, `skip` how much comes before the page;
    `key` is '' where nothing may be decided.
    """

    lang: str
    chosen: bool = False
    skip: int = 0
    address: str = "./"
    key: str = ""
    by: str = ""
    graph: str = ""


class Pen:
    """Write addresses, numbers and terms for one page."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.words = read_words()[asked.lang]

    def link(self, path: str, **given: Any) -> str:
        """Return an address on this server, in the language that the reader chose.

        >>> Pen(Asked("en", chosen=True)).link("thing", of="urn:a&b")
        'thing?of=urn%3Aa%26b&lang=en'
        """
        if self.asked.chosen:
            given["lang"] = self.asked.lang
        return self.bare(path, **given)

    def bare(self, path: str, **given: Any) -> str:
        """Return an address on this server.

        >>> Pen(Asked("en", chosen=True)).bare("questions/deals", of="urn:a&b", since="")
        'questions/deals?of=urn%3Aa%26b'
        """
        told = {name: it for name, it in given.items() if it not in ("", 0)}
        query = "&".join(f"{name}={quote(str(it), safe='')}" for name, it in told.items())
        return f"{path}?{query}" if query else path

    def other(self) -> tuple[str, str]:
        """Return the other language and this page's address in it.

        >>> Pen(Asked("fr", address="search?q=a")).other()
        ('en', 'search?q=a&lang=en')
        """
        lang = next(it for it in LANGS if it != self.asked.lang)
        joint = "&" if "?" in self.asked.address else "?"
        return lang, f"{self.asked.address}{joint}lang={lang}"

    def number(self, value: int) -> str:
        """Write a number as the language does.

        >>> Pen(Asked("en")).number(12345)
        '12,345'
        """
        return f"{value:,}".replace(",", self.words["thousands"])

    def percent(self, value: float) -> str:
        r"""Write a confidence in whole per cent.

        >>> Pen(Asked("fr")).percent(0.876), Pen(Asked("en")).percent(0.876)
        ('88\xa0%', '88%')
        """
        return self.share(f"{100 * value:.0f}")

    def share(self, told: str) -> str:
        r"""Write a number of per cent.

        >>> Pen(Asked("fr")).share("12.5"), Pen(Asked("en")).share("12.5")
        ('12,5\xa0%', '12.5%')
        """
        return f"{told.replace('.', self.words['point'])}{self.words['percent']}"

    def day(self, date: str) -> str:
        """Write a day, a month or a year; what is none of them stays as it is.

        >>> Pen(Asked("fr")).day("2019-06-01"), Pen(Asked("en")).day("2019-06-01")
        ('1er juin 2019', 'June 1, 2019')
        >>> Pen(Asked("fr")).day("2019-06"), Pen(Asked("fr")).day("2019"), Pen(Asked("fr")).day("")
        ('juin 2019', '2019', '')
        """
        if not (found := DAY.fullmatch(date)):
            return date
        year, month, day = found[1], self.words["months"][int(found[2]) - 1], int(found[3] or 0)
        whole = self.words["firstDay"] if day == 1 else self.words["day"]
        form: str = whole if day else self.words["month"]
        return form.format(year=year, month=month, day=day)

    def count(self, value: int, name: str) -> str:
        r"""Write how many there are of something.

        >>> Pen(Asked("fr")).count(1, "article"), Pen(Asked("en")).count(0, "article")
        ('1\xa0article', '0\xa0articles')
        """
        one = value in self.words["singular"]
        return f"{self.number(value)}\u00a0{self.words[name if one else name + 's']}"

    def figures(self, told: Sequence[Mapping[str, str]]) -> list[str]:
        r"""Write the figures of a deal, a stake or a post; different ones stand side by side.

        >>> Pen(Asked("fr")).figures([{"share": "51"}, {"amount": "4500", "currency": "EUR"}])
        ['4\u202f500\xa0EUR', '51\xa0%']
        >>> Pen(Asked("en")).figures([{"date": "2019"}, {"date": "2020-03"}])
        ['date: 2019 / March 2020']
        """
        parts = (
            [it.get("kind", "") for it in told],
            [self.money(it.get("amount", ""), it.get("currency", "")) for it in told],
            [self.share(it["share"]) for it in told if "share" in it],
            [self.day(it.get("date", "")) for it in told],
        )
        *found, date = (" / ".join(dict.fromkeys(filter(None, part))) for part in parts)
        day = f"{self.words['column_date']}{self.words['colon']}{date}" if date else ""
        return [it for it in (*found, day) if it]

    def money(self, amount: str, currency: str) -> str:
        r"""Write an amount of money, '' where there is none.

        >>> Pen(Asked("en")).money("1500000", "EUR"), Pen(Asked("en")).money("", "EUR")
        ('1,500,000\xa0EUR', '')
        """
        whole = self.number(int(amount)) if amount.isdecimal() else amount
        return f"{whole}\u00a0{currency}".rstrip("\u00a0") if amount else ""

    def line(self, told: str) -> str:
        """Return a line that tells why, or what is wrong, in the reader's language.

        >>> Pen(Asked("fr")).line("the initials")
        'les initiales'
        """
        return tell_line(told, self.asked.lang)

    def side(self, side: str) -> str:
        """Return a side of a decision as people say it: a name without its class.

        >>> Pen(Asked("fr")).side("org:Nordil"), Pen(Asked("fr")).side("siren:552120222")
        ('Nordil', 'siren:552120222')
        """
        found = read_side(side) if side else Side("", "")
        return found.value if found.scheme in CLASSES else str(found)

    def decision(self, one: Decision) -> str:
        """Say a decision in the reader's language.

        >>> Pen(Asked("fr")).decision(Decision(Side("org", "Vasco"), "same", "org:Belmar"))
        'Vasco est la même chose que Belmar'
        """
        told = [self.side(str(one.left)), self.words[f"judged_{one.kind}"], self.side(one.right)]
        if one.kind == "wrong":
            right = self.side(one.right)
            said = (told[0], self.term(one.relation), one.value, right)
            told = [self.words["quoted"].format(" ".join(filter(None, said))), told[1]]
        elif one.kind == "class":
            told[2] = self.term(one.right)
        scope = f" ({self.words['judged_in']} {one.scope})" if one.scope else ""
        return " ".join(filter(None, told)) + scope

    def term(self, name: str) -> str:
        """Return what the ontology calls a class, a relation or a modality.

        >>> Pen(Asked("fr")).term("Company"), Pen(Asked("en")).term("urn:x")
        ('entreprise', 'urn:x')
        """
        name = name.removeprefix(ontology.KG)
        return ontology.label(name, self.asked.lang) if name in ontology.terms() else name


def draw(name: str, asked: Asked, *, status: int = 200, **given: Any) -> Reply:
    """Draw a page."""
    pen = Pen(asked)
    script = "\n".join(map(read, ("explorer/search.js", "explorer/news.js", "explorer/wait.js")))
    html = fill_page(
        f"explorer/{name}.html",
        script=script,
        style=read("explorer/page.css"),
        pen=pen,
        words=pen.words,
        asked=asked,
        **given,
    )
    return Reply(status, HTML, html.encode("utf-8", "replace"))


def name_address(request: Request) -> str:
    """Return the address of a page on this server, in no language and without a token."""
    given = [it for it in request.query_params.multi_items() if it[0] not in ("lang", "token")]
    told = f"?{urlencode(given)}" if given else ""
    return f"{request.url.path.lstrip('/') or './'}{told}"
