"""Facts with the words that say them, as HTML by spaCy's displaCy; no network, no script."""

from __future__ import annotations

from html import escape

from kg.model import Entity, Fact, Reading, Span

#: Class → the colour of its names: dark letters on them have a contrast of 7 and more.
COLOURS = {
    "Company": "#bcd7f5", "Organization": "#bcd7f5", "PublicBody": "#c9cdf6", "Person": "#f8d5a8",
    "Place": "#bfe5c1", "Country": "#bfe5c1", "City": "#bfe5c1", "Product": "#e6cbf2",
    "CooperationArea": "#b9e6e0", "Market": "#f3e6a6",
}  # fmt: skip
PAPER = "background:#fff;color:#1b1b1b;padding:8px 12px;max-width:60em;line-height:1.4"


def show_reading(reading: Reading) -> str:
    """Show an article's facts, each stretch of its words once, above the facts that it says.

    >>> from kg.model import Article
    >>> one, other = Entity("Hexo", "Company", mentions=((0, 4),)), Entity("Nordil", "Company")
    >>> fact = Fact(one, "acquired", other, confidence=0.9, evidence=((0, 18),))
    >>> said = Reading(Article("a", "Hexo achète Nordil"), (one, other), (fact,))
    >>> "acquired" in show_reading(said), "<mark" in show_reading(said)
    (True, True)
    """
    said: dict[Span, list[Fact]] = {}
    for fact in reading.facts:
        said.setdefault(fact.evidence[0] if fact.evidence else (0, 0), []).append(fact)
    title = escape(reading.article.title or reading.article.name)
    count = f"{len(reading.facts)} fact{'s' if len(reading.facts) != 1 else ''}"
    parts = [f"<h4>{title}</h4><p>{count}</p>"]
    for span, facts in sorted(said.items()):
        lines = "".join(f"<li>{show_fact(fact)}</li>" for fact in facts)
        said_by = f'<ul style="margin:0 0 16px">{lines}</ul>'
        parts.append(f"<div>{mark_names(reading, span)}</div>{said_by}")
    return f'<div style="{PAPER}" lang="{escape(reading.article.lang)}">{"".join(parts)}</div>'


def show_fact(fact: Fact) -> str:
    """Show what a fact says, how, how surely, and who says so.

    >>> show_fact(Fact(Entity("A & B", "Company"), "offers", Entity("X", "Product")))
    '<b>A &amp; B</b> offers <b>X</b> · actual · 1.00'
    """
    ends = [escape(it.name if isinstance(it, Entity) else str(it))
            for it in (fact.subject, fact.object)]  # fmt: skip
    told = [fact.modality.lower() + (", over" if fact.ended else ""), f"{fact.confidence:.2f}"]
    for name, value in sorted(fact.qualifiers.items()):
        told.append(f"{name} {value.name if isinstance(value, Entity) else value}")
    if fact.attributed_to:
        told.append(f"according to {fact.attributed_to.name}")
    rest = " · ".join(map(escape, told))
    return f"<b>{ends[0]}</b> {escape(fact.property)} <b>{ends[1]}</b> · {rest}"


def mark_names(reading: Reading, span: Span) -> str:
    """Mark the names in a stretch of an article with their classes, as displaCy does."""
    text = reading.article.text[slice(*span)]
    found = list_names(reading, span)
    if not found:
        return escape(text)
    from spacy import displacy

    marked = [{"text": text, "ents": found, "title": None}]
    options = {"colors": {name.upper(): colour for name, colour in COLOURS.items()}}
    html: str = displacy.render(marked, style="ent", manual=True, jupyter=False, options=options)
    return html


def list_names(reading: Reading, span: Span) -> list[dict[str, object]]:
    """List the names in a stretch of an article, the longest where some overlap.

    >>> from kg.model import Article
    >>> group, hexo = (Entity(it, "Company", mentions=((begin, 11),))
    ...                for it, begin in (("Groupe Hexo", 0), ("Hexo", 7)))
    >>> list_names(Reading(Article("a", "Groupe Hexo"), (hexo, group)), (0, 11))
    [{'start': 0, 'end': 11, 'label': 'Company'}]
    """
    begin, end = span
    inside = {
        (first, last): escape(it.kind)
        for it in reading.entities
        for first, last in it.mentions
        if begin <= first < last <= end
    }
    kept: list[Span] = []
    for first, last in sorted(inside, key=lambda it: (it[0] - it[1], it)):
        if all(last <= one or first >= other for one, other in kept):
            kept.append((first, last))
    return [
        {"start": first - begin, "end": last - begin, "label": inside[first, last]}
        for first, last in sorted(kept)
    ]
