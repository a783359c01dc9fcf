"""Titles of roles as written: 'directeur général délégué', 'Président et CEO', 'ex-PDG'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.rules.relations.scene import Scene
from kg.rules.syntax import has, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS = "relations.holdsPosition."
#: How many tokens before a title 'ancien' or 'jusqu'ici' may stand.
MARK = 4
#: How many tokens two titles of one person may stand apart: 'PDG de X et président de Y'.
APART = 12


@dataclass(frozen=True, slots=True)
class Title:
    """Hold the tokens of a title as written, and whether it is of the past or of the future.

    An office is what one takes and not what one is: 'la présidence', 'la tête' (no title at all).
    'Celui de Y' after 'le patron de X' has that title's words in `role`.
    """

    start: int
    end: int
    former: bool
    future: bool
    plural: bool
    office: bool = False
    unnamed: bool = False
    calling: bool = False
    role: str = ""


def find_titles(scene: Scene) -> Iterator[Title]:
    """Yield the titles of a text ('directeur général délégué', 'Président et CEO')."""
    doc, lang = scene.cast.doc, scene.lang
    index, last, opened = 0, "", -1
    for token in scene.cast.where(openers(lang)):
        if token.i < index:
            continue
        index = token.i
        if opened != sentence_start(token):
            opened, last = sentence_start(token), ""
        head, office = is_head(token, scene), is_office(token, scene)
        again = last if is_same(token, scene) else ""
        calling = is_calling(token, scene)
        known = head or office or again or is_title(token, lang) or is_task(token, scene)
        if not (known or calling) or is_adjective(token):
            continue
        end = index + 1 if head or again or calling else title_end(doc, index, scene)
        former = marked(token, scene, "former") or token.lower_.startswith("ex-")
        plural = not head and has(token, "Number", "Plur")
        future = marked(token, scene, "future")
        yield Title(
            index,
            end,
            former,
            future,
            plural,
            office=head or office,
            unnamed=head,
            calling=calling and not known,
            role=again,
        )
        index, last = end, again or doc[index:end].text


@cache
def openers(lang: Language) -> frozenset[str]:
    """Return the words that may open a title, of a former holder and in the plural too."""
    entries = ("same", "callings", "offices", "heads", "tasks")
    words = {word for entry in entries for word in lang.words(WORDS + entry)}
    firsts = {title.partition(" ")[0] for title in lang.titles}
    firsts |= {f"{word}s" for word in firsts}
    return frozenset(words | firsts | {f"ex-{word}" for word in firsts})


def is_same(token: Token, scene: Scene) -> bool:
    """Tell whether a pronoun stands for a title said before: 'le patron de X et celui de Y'."""
    if token.lower_ not in scene.lang.words(WORDS + "same") or token.i + 1 == len(token.doc):
        return False
    return scene.lang.prepositions.get(token.nbor().lower_) == "de"


def is_title(token: Token, lang: Language) -> bool:
    """Tell whether a token is a title's noun ('PDG', 'ex-PDG', 'fondateurs')."""
    word = token.lower_.removeprefix("ex-")
    pair = f"{word} {token.nbor().lower_}" if token.i + 1 < len(token.doc) else word
    return bool({word, word.removesuffix("s"), pair} & lang.titles)


def is_calling(token: Token, scene: Scene) -> bool:
    """Tell whether a token is what somebody does somewhere: 'stratégiste chez X'."""
    return token.lower_ in scene.lang.words(WORDS + "callings") and token.i not in scene.cast.at


def is_adjective(token: Token) -> bool:
    """Tell whether a possible title belongs to the noun before it: 'ministre déléguée'."""
    if not token.i or token.is_sent_start or token.lower_ != token.text:
        return False
    before = token.nbor(-1)
    return token.pos_ == "ADJ" and before.pos_ == "NOUN" and token.head == before


def is_office(token: Token, scene: Scene) -> bool:
    """Tell whether a token is what one takes or gets: 'présidence', 'direction'."""
    return token.lower_ in scene.lang.words(WORDS + "offices") and token.i not in scene.cast.at


def is_head(token: Token, scene: Scene) -> bool:
    """Tell whether a token is the head of something, with no title: 'à la tête', 'les rênes'."""
    return token.lower_ in scene.lang.words(WORDS + "heads") and token.i not in scene.cast.at


def is_task(token: Token, scene: Scene) -> bool:
    """Tell whether a token opens what somebody is in charge of: 'chargé de', 'en charge de'."""
    if token.lower_ not in scene.lang.words(WORDS + "tasks") or token.i + 1 == len(token.doc):
        return False
    return scene.lang.prepositions.get(token.nbor().lower_) == "de"


def title_end(doc: Doc, start: int, scene: Scene) -> int:
    """Return where a title ends: its adjectives, domains and a second title are part of it."""
    lang = scene.lang
    pair = doc[start : start + 2].text.lower()
    end = start + 1 + (pair in lang.titles)
    words = lang.words(WORDS + "title_words")
    domains = lang.words(WORDS + "title_domains")
    while end < len(doc):
        token = doc[end]
        following = doc[end + 1] if end + 1 < len(doc) else None
        if token.text in words or token.lower_ in words or is_title(token, lang):
            end += 1
        elif token.text == "(" and following is not None and is_title(following, lang):
            end += 3
        elif (
            token.lower_ in lang.words(WORDS + "joints")
            and following is not None
            and (is_title(following, lang) or following.text in words)
        ):
            end += 2
        elif step := domain_step(doc, end, domains, scene):
            end += step
        else:
            break
    return end


def domain_step(doc: Doc, index: int, domains: frozenset[str], scene: Scene) -> int:
    """Return how many tokens name a title's domain from an index on ('de la stratégie')."""
    if scene.lang.prepositions.get(doc[index].lower_) not in ("de", "à", "en") and (
        doc[index].lower_ not in scene.lang.words(WORDS + "charged")
    ):
        return 0
    for size in (1, 2):
        if index + size >= len(doc):
            return 0
        token = doc[index + size]
        if token.lower_ in domains and index + size not in scene.cast.at:
            return size + 1
        if token.pos_ not in ("DET", "ADP"):
            return 0
    return 0


def marked(token: Token, scene: Scene, status: str) -> bool:
    """Tell whether 'ancien', 'ex-', 'jusqu'ici', 'futur' stands before a title."""
    words = scene.lang.words(WORDS + status)
    for index in range(token.i - 1, max(token.i - MARK, sentence_start(token)) - 1, -1):
        word = token.doc[index]
        if word.lower_.strip("-") in words:
            return True
        if word.pos_ not in ("ADJ", "ADV", "ADP", "DET", "NUM"):
            return False
    return False


def is_at(title: Title, doc: Doc, lang: Language) -> bool:
    """Tell whether an office is where somebody is: 'X, à la tête de Y'."""
    before = doc[max(title.start - 2, 0) : title.start]
    return any(lang.prepositions.get(t.lower_) == "à" for t in before)


def continues(first: Title, second: Title, scene: Scene) -> bool:
    """Tell whether a second title is joined to the first: 'PDG de X et président de Y'."""
    doc = scene.cast.doc
    gap = doc[first.end : second.start]
    if len(gap) > APART or any(t.pos_ in ("VERB", "AUX") for t in gap):
        return False
    joints = [t for t in gap if t.lower_ in scene.lang.words(WORDS + "then")]
    if not joints or sentence_start(doc[first.start]) != sentence_start(doc[second.start]):
        return False
    return not any(
        t.pos_ == "DET" and has(t, "Definite", "Def") for t in gap[joints[-1].i - gap.start :]
    )
