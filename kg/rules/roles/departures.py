"""Who leaves a post and who comes after: 'X a démissionné', 'X est remplacé par Y'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Entity, Modality
from kg.rules.modality import assess, assess_word
from kg.rules.relations.arguments import fill
from kg.rules.relations.nouns import possessor
from kg.rules.relations.scene import Scene, after, complement, is_employer
from kg.rules.resolve.cast import Reference
from kg.rules.resolve.lists import broad
from kg.rules.roles.holders import doers, last_before, people, within
from kg.rules.roles.titles import WORDS, is_title
from kg.rules.roles.ways import lemmas_of, way_of
from kg.rules.syntax import governors, grammatical_object, is_passive, sentence_end, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many tokens the noun of an expression may stand from its verb ('passera bientôt la main').
SPREAD = 4
#: What a word that says so may be.
SAYING = ("VERB", "AUX", "NOUN", "ADJ")


@dataclass(frozen=True, slots=True)
class Departure:
    """Hold who leaves, who comes instead, what organisation is left, and how sure."""

    token: Token
    leavers: tuple[Reference, ...]
    comers: tuple[Reference, ...] = ()
    organizations: tuple[Reference, ...] = ()
    modality: Modality = "Actual"


def find_departures(scene: Scene) -> Iterator[Departure]:
    """Yield who leaves a post or is followed in it, by each word that says so."""
    for token in scene.cast.where(parting_words(scene.lang)):
        if token.pos_ not in SAYING and not token.is_sent_start:
            continue
        if token.i in scene.cast.at and scene.cast.at[token.i].covers_name(token.i):
            continue
        for leavers, comers in (*leaving(token, scene), *following(token, scene)):
            if leavers or comers:
                places = tuple(r for r in fill(token, "obj", scene) if is_employer(r, scene))
                yield Departure(token, leavers, comers, places, certainty(token, scene.lang))


@cache
def parting_words(lang: Language) -> frozenset[str]:
    """Return the words that may say that somebody leaves or is followed."""
    lists = ("leave", "dismiss", "partings", "succeed", "instead")
    words = {word for entry in lists for word in lang.words(WORDS + entry)}
    tables = ("farewells", "discards", "takeovers")
    return frozenset(words.union(*(lang.table(WORDS + entry) for entry in tables)))


def certainty(token: Token, lang: Language) -> Modality:
    """Return how sure a departure is: 'le départ de X n'inquiète pas' does not deny it."""
    if any(node.lemma_ in lang.words(WORDS + "demands") for node in governors(token)):
        return "Possible"
    if token.pos_ == "NOUN" and token.dep_ in lang.words("syntax.subject"):
        return assess_word(token, token, lang) or "Actual"
    return assess(token, lang)


Sides = Iterator[tuple[tuple[Reference, ...], tuple[Reference, ...]]]


def leaving(token: Token, scene: Scene) -> Sides:
    """Yield who leaves by a word, nobody being said to come instead."""
    lang = scene.lang
    way = way_of(token, lang)
    if way == "leave" and leaves_post(token, scene):
        yield doers(token, "subj", scene), ()
    elif way == "dismiss" and (
        is_passive(token, lang) or not lemmas_of(token) & lang.words(WORDS + "thank")
    ):
        yield people(fill(token, "obj", scene)), ()
    elif way == "partings":
        said = people(complement(token, "de", scene))[:1] or titled(token, scene)
        own = token.lemma_ in lang.words(WORDS + "resignations")
        yield said or (people(possessor(token, scene)) if own else ()), ()
    elif is_expression(token, "farewells", scene):
        yield doers(token, "subj", scene), people(fill(token, "à", scene))[:1]
    elif is_expression(token, "discards", scene):
        near = [r for _, r in after(token, scene) if broad(r) == "Person"]
        yield tuple(near[:1]), ()


def titled(noun: Token, scene: Scene) -> tuple[Reference, ...]:
    """Return the person whose title a noun stands before: 'le départ du directeur de X, Y'."""
    following = noun.doc[noun.i + 1 : noun.i + 4]
    if not any(is_title(t, scene.lang) for t in following):
        return ()
    return tuple(r for _, r in after(noun, scene) if broad(r) == "Person")[:1]


def leaves_post(verb: Token, scene: Scene) -> bool:
    """Tell whether what a verb leaves is an organisation or a post: not 'quitte la salle'."""
    lang = scene.lang
    if references := fill(verb, "obj", scene):
        return any(is_employer(r, scene) for r in references)
    noun = grammatical_object(verb, lang)
    if noun is None or noun.i < verb.i:
        return not is_passive(verb, lang)
    left = lang.words(WORDS + "posts") | lang.words(WORDS + "offices")
    return bool({noun.lemma_, noun.lower_} & (left | lang.words("nouns.company")))


def following(token: Token, scene: Scene) -> Sides:
    """Yield who leaves and who comes instead by a word."""
    lang = scene.lang
    if token.pos_ in ("VERB", "ADJ") and lemmas_of(token) & lang.words(WORDS + "succeed"):
        yield from successors(token, scene)
    elif noun := expression_noun(token, "takeovers", scene):
        yield people(complement(noun, "de", scene))[:1], doers(token, "subj", scene)
    elif token.lower_ in lang.words(WORDS + "instead") and token.i:
        if token.doc[token.i - 1].pos_ in ("ADP", "DET"):
            yield people(complement(token, "de", scene))[:1], ()


def successors(verb: Token, scene: Scene) -> Sides:
    """Yield who is succeeded and by whom: 'X remplace Y', 'Y, à qui succède X', 'lui succède X'."""
    came = doers(verb, "subj", scene) if verb.pos_ == "VERB" else ()
    came = came or last_before(verb, scene)
    left, after_verb = people(fill(verb, "à", scene)), people(fill(verb, "obj", scene))
    if not is_passive(verb, scene.lang) and (agent := people(complement(verb, "par", scene))):
        said = [r for r in within(sentence_start(verb), verb.i, scene) if r not in agent]
        yield after_verb or tuple(said[-1:]), agent
        return
    before = verb.doc[max(verb.i - 3, sentence_start(verb)) : verb.i]
    if any(t.lower_ in scene.lang.words(WORDS + "clitics") for t in before):
        comer = after_verb or came
        named = [r for r in within(sentence_start(verb), verb.i, scene) if r not in comer]
        yield tuple(named[-1:]), comer
    else:
        yield left or after_verb, came


def is_expression(verb: Token, entry: str, scene: Scene) -> bool:
    """Tell whether a verb has the word that makes it mean something else: 'passer la main'."""
    return expression_noun(verb, entry, scene) is not None


def expression_noun(verb: Token, entry: str, scene: Scene) -> Token | None:
    """Return the word that makes a verb mean something else: 'main' of 'passer la main'."""
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    table = scene.lang.table(WORDS + entry)
    words = {word for lemma in lemmas_of(verb) & table.keys() for word in table[lemma]}
    if not words:
        return None
    ahead = words & scene.lang.words("syntax.reflexives")
    before = verb.doc[max(verb.i - SPREAD + 1, sentence_start(verb)) : verb.i]
    behind = verb.doc[verb.i + 1 : min(verb.i + 1 + SPREAD, sentence_end(verb))]
    found = [t for t in before if t.lower_ in ahead]
    found += [t for t in behind if t.lower_ in words - ahead]
    return found[0] if found else None


def has_left(person: Entity, title: Token, where: Entity, departures: Iterable[Departure]) -> bool:
    """Tell whether somebody has left the organisation that a title is of."""
    for departure in departures:
        if departure.modality != "Actual" or not any(
            person in r.entities for r in departure.leavers
        ):
            continue
        named = {e for r in departure.organizations for e in r.entities}
        if named and where not in named:
            continue
        if sentence_start(departure.token) == sentence_start(title) or (
            named and departure.token.i > title.i
        ):
            return True
    return False
