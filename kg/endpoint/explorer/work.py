"""What a worker does for the explorer: each answer is a page in the reader's language, or names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.endpoint.explorer.articles import list_claims
from kg.endpoint.explorer.cards import find_successor, read_card
from kg.endpoint.explorer.drawing import Asked, Pen, draw
from kg.endpoint.explorer.memory import MEMORY, Held
from kg.endpoint.explorer.names import Entry, find_one
from kg.endpoint.explorer.picture import draw_picture
from kg.endpoint.explorer.sections import PAGE, SECTIONS, group_leads
from kg.endpoint.explorer.sides import cells_of, side_of
from kg.endpoint.explorer.voices import Voice, read_history, read_voices
from kg.endpoint.explorer.words import Worded, word_claim
from kg.endpoint.pages import list_questions
from kg.endpoint.protocol import TEXT, Reply
from kg.endpoint.reconcile.work import write_json
from kg.endpoint.workers import reply_to
from kg.graph.terms import FOLDERS
from kg.page.render import read
from kg.who.said.brief import Brief, list_leads, read_brief, read_briefs

#: Names that are suggested; hits, new claims and voices that a page shows; voices under a claim.
SUGGESTED, HITS, NEWEST, VOICES, QUOTED = 10, 50, 12, 25, 2


@dataclass(frozen=True, slots=True)
class Item:
    """Hold a claim of a page in words, who says it, and the cells that would call it wrong."""

    worded: Worded
    voices: tuple[Voice, ...]
    cells: dict[str, str]


class View:
    """Hold a store as it is now, what is kept of it, and how a page is asked for."""

    def __init__(self, store: ox.Store, asked: Asked) -> None:
        self.store = store
        self.asked = asked
        self.held: Held = MEMORY.read(store)

    def item(self, claim: Brief, voices: int = QUOTED) -> Item:
        """Return a claim as a page shows it."""
        may = bool(self.asked.key)
        said = tuple(read_voices(self.store, claim.iri, 0, voices))
        return Item(
            word_claim(self.store, claim, self.asked.lang, find_common(said)),
            said,
            cells_of(self.store, self.held.names, claim) if may else {},
        )

    def items(self, claims: Iterable[str], skip: int, most: int) -> tuple[list[Item], bool]:
        """Return some of many claims, and whether there are more."""
        part = [*islice(claims, skip, skip + most + 1)]
        briefs = (read_brief(self.store, iri) for iri in part[:most])
        return [self.item(it, 1) for it in briefs if it], len(part) > most

    def find(self, of: str) -> Entry | None:
        """Return the thing of an IRI, under whatever of its IRIs."""
        entries = self.held.names.entries
        if entry := entries.get(of):
            return entry
        try:
            return entries.get(find_successor(self.store, of))
        except ValueError:  # no IRI
            return None


def find_common(voices: Sequence[Voice]) -> dict[str, str]:
    """Return the figures and markets that voices tell alike.

    >>> find_common(())
    {}
    """
    told = [it.said.qualifiers for it in voices]
    first = told[0] if told else {}
    return {name: it for name, it in first.items() if all(o.get(name) == it for o in told)}


def on_view(folder: str, asked: Asked, work: Callable[[View], Reply]) -> Reply:
    """Do some work on a store's view; what a user caused is a reply of one line."""
    return reply_to(folder, lambda store: work(View(store, asked)))


def start_task(folder: str, asked: Asked) -> Reply:
    """Draw the page to start from: search, newest claims, and what the graph holds."""

    def work(view: View) -> Reply:
        held = view.held
        latest = (iri for _, iri in held.articles)
        newest, more = view.items(list_claims(view.store, latest), 0, NEWEST)
        dates = [date for date, _ in held.articles if date]
        return draw(
            "start", asked, held=held, newest=newest, more=more, dates=dates[:1] + dates[-1:],
            kinds=held.count_kinds(), questions=tell_questions(asked.lang),
        )  # fmt: skip

    return on_view(folder, asked, work)


def tell_questions(lang: str) -> list[tuple[str, str]]:
    """Return the ready questions by name, as the page to ask on tells them.

    >>> tell_questions("fr")[0][1][:22]
    'Tout ce qui est dit d’'
    """
    told = json.loads(read("ask.json"))[lang].get("questions", {})
    return [
        (it["name"], told.get(it["name"]) or it["answers"].partition(" `--")[0])
        for it in list_questions()
    ]


def names_task(folder: str, asked: Asked, typed: str) -> Reply:
    """Suggest things by the beginning of a name, with where each is."""

    def work(view: View) -> Reply:
        hits, pen = view.held.names.search(typed), Pen(asked)
        told = [
            {
                "name": hit.name,
                "kind": pen.term(hit.entry.kind),
                "also": hit.entry.names[0] if hit.name != hit.entry.names[0] else "",
                "articles": pen.count(hit.entry.articles, "article"),
                "href": pen.link("thing", of=hit.entry.iri),
            }
            for hit in hits[:SUGGESTED]
        ]
        return write_json({"names": told, "more": max(0, len(hits) - SUGGESTED)})

    return on_view(folder, asked, work)


def search_task(folder: str, asked: Asked, typed: str) -> Reply:
    """Go to the thing that a name or its unique beginning means, or list those that it may mean."""

    def work(view: View) -> Reply:
        return search(view, typed)

    return on_view(folder, asked, work)


def search(view: View, typed: str) -> Reply:
    """Answer what was typed: a redirect to one thing, or a list."""
    hits = view.held.names.search(typed)
    found = view.find(typed)
    skip = view.asked.skip
    if (one := None if skip else find_one(hits)) and not found:
        found = one.entry
    if found:
        return Reply(303, TEXT, Pen(view.asked).link("thing", of=found.iri).encode())
    part = hits[skip : skip + HITS]
    status = 200 if hits or not typed else 404
    more = skip + HITS if len(hits) > skip + HITS else 0
    return draw(
        "search", view.asked, status=status, typed=typed, hits=part, count=len(hits),
        more=more, step=HITS,
    )  # fmt: skip


def thing_task(folder: str, asked: Asked, of: str) -> Reply:
    """Draw a thing's page."""

    def work(view: View) -> Reply:
        entry = view.held.names.entries.get(of)
        if entry is None:
            return search(view, of)
        card = read_card(view.store, entry)
        sections = [
            (section, [view.item(it) for it in section.claims],
             [view.item(it) for it in section.before])
            for section in card.sections
        ]  # fmt: skip
        side = side_of(view.store, view.held.names, entry) if asked.key else ""
        told = ([it.worded for it in (*now, *before)] for _, now, before in sections)
        picture = draw_picture(entry.iri, entry.names[0], told, card.near)
        return draw(
            "thing", asked, card=card, entry=entry, sections=sections, side=side, picture=picture,
            folder=FOLDERS[entry.kind],
        )  # fmt: skip

    return on_view(folder, asked, work)


def claims_task(folder: str, asked: Asked, of: str, section: str) -> Reply:
    """Draw all claims of a section about a thing, so many a page."""

    def work(view: View) -> Reply:
        entry = view.find(of)
        if entry is None or section not in SECTIONS:
            return search(view, of)
        leads = group_leads(list_leads(view.store, entry.iri), entry.kind).get(section, [])
        skip = asked.skip
        part = read_briefs(view.store, leads[skip : skip + PAGE])
        items = [view.item(it, 1) for it in part]
        more = skip + PAGE if len(leads) > skip + PAGE else 0
        return draw(
            "claims", asked, entry=entry, section=section, items=items, count=len(leads),
            more=more, step=PAGE,
        )  # fmt: skip

    return on_view(folder, asked, work)


def claim_task(folder: str, asked: Asked, of: str) -> Reply:
    """Draw a claim with all who say it, so many a page."""

    def work(view: View) -> Reply:
        claim = read_claim_of(view, of)
        if claim is None:
            return search(view, of)
        item = view.item(claim)
        voices = read_voices(view.store, claim.iri, asked.skip, VOICES + 1)
        more = asked.skip + VOICES if len(voices) > VOICES else 0
        return draw(
            "claim", asked, item=item, claim=claim, voices=voices[:VOICES], more=more,
            step=VOICES, history=read_history(view.store, claim.iri),
        )  # fmt: skip

    return on_view(folder, asked, work)


def read_claim_of(view: View, iri: str) -> Brief | None:
    """Read a claim by its IRI, None for what is none."""
    try:
        return read_brief(view.store, iri)
    except ValueError:  # no IRI
        return None
