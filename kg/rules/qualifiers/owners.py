"""Which fact of a sentence a value belongs to: the one that the words around it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rules.qualifiers.statements import WORDS, Statement, is_event
from kg.rules.relations.scene import Scene
from kg.rules.syntax import governors, has, lemma_of, sentence_start
from kg.values.dates import When, find_dates
from kg.values.language import Language
from kg.values.quantities import Quantity, find_amounts, find_counts, find_percents

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

#: How many words may stand between a statement and a value that goes on with it.
NEAR = 6
#: Classes of words that only lead to a value.
LIGHT = ("ADP", "DET", "ADV", "PUNCT", "NUM", "SYM", "SPACE")
#: Words of a sum or of a date: what hangs on them is the deal's ('pour 3 M€ fin 2021').
PASSAGES = ("prices", "scales", "currencies", "dates.fillers")
#: What finds each kind of value.
FINDERS = {"share": find_percents, "amount": find_amounts, "count": find_counts}


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """Hold a value of a text with its words, and the one that hangs on the others around it."""

    kind: str
    said: Quantity | When
    words: Stretch
    root: Token


def find_values(sentence: Stretch, kinds: Iterable[str], scene: Scene) -> Iterator[Value]:
    """Yield the values of some kinds in a sentence, without those that are part of a name."""
    respectively = scene.lang.words(WORDS + "respectively")
    apart = any(token.lower_ in respectively for token in sentence)
    for kind in kinds:
        if apart and kind != "date":
            continue  # 'A et B détiennent respectivement 30 % et 20 %'
        found: Iterable[Quantity | When] = FINDERS.get(kind, find_dates)(sentence.text, scene.lang)
        for said in found:
            words = sentence.char_span(*said.span, alignment_mode="expand")
            if words is None:
                continue
            root = words.root
            name = scene.cast.at.get(root.i)
            part = name and (name.start < words.start or words.end < name.end)
            if not (name and part and name.covers_name(root.i)):
                yield Value(kind, said, words, root)


def may_have(statement: Statement, value: Value, lang: Language) -> bool:
    """Tell whether a statement is about such values at all, wherever they stand."""
    trigger = statement.trigger
    if isinstance(value.said, When):
        return may_date(statement, value.said, lang)
    if statement.fact.property == "operatesIn" and value.kind == "amount":
        spent = lang.words(WORDS + "paying") | lang.words(WORDS + "deals")
        return any(lemma_of(token) in spent for token in statement.home)
    if value.kind == "share":
        return trigger.head.lemma_.lower() not in lang.words(WORDS + "measures")
    behind = trigger.doc[value.words.end : statement.words.end]
    part = any(token.lower_ in lang.words("syntax.genitive_relatives") for token in behind)
    return value.kind != "count" or not part  # 'supprime 900 postes, dont 200 en France'


def may_date(statement: Statement, when: When, lang: Language) -> bool:
    """Tell whether a date may be that of a statement: what merely is has a length of time.

    The day on which somebody will leave is no day of a role that goes on until then.
    """
    leave = lang.words("relations.holdsPosition.leave")
    if not statement.fact.ended and any(lemma_of(t) in leave for t in statement.home):
        return statement.fact.property != "holdsPosition"
    said = is_event(statement.fact, lang) or any(t.pos_ == "VERB" for t in statement.home)
    predicate = any(is_clausal(child, lang) for child in statement.trigger.children)
    return said or predicate or is_long(when)


def is_long(when: When) -> bool:
    """Tell whether a date is a length of time: 'depuis 2010', 'de 2010 à 2015'."""
    return bool(when.bound or {"year1", "month1", "day1"} & when.parts.keys())


def owners(value: Value, statements: Sequence[Statement], scene: Scene) -> Sequence[Statement]:
    """Return the statements that a value belongs to: those of one trigger, or none."""
    if is_measured(value, scene.lang):
        return ()
    beside = [s for s in statements if goes_on(s, value, scene.lang)]
    last = max((s.trigger.i for s in beside), default=-1)
    nearest = [s for s in beside if s.trigger.i == last]
    if opens_brackets(value):
        year = isinstance(value.said, When) and "year" in value.said.parts
        return nearest if year else in_brackets(value, statements, scene)
    found = above(value, statements, scene) or inside(value, statements, scene)
    return nearest if not found or found[0].trigger.i < last else found


def opens_brackets(value: Value) -> bool:
    """Tell whether a value is the first thing said in brackets: '(20 %)', '(en 2018)'."""
    before = value.words.doc[
        max(value.words.start - 2, sentence_start(value.words[0])) : value.words.start
    ]
    words = [token for token in before if token.pos_ not in ("ADP", "DET")]
    return bool(words) and words[-1].text == "("


def in_brackets(value: Value, statements: Sequence[Statement], scene: Scene) -> Sequence[Statement]:
    """Return the statements about the name that a share in brackets follows ('X (20 %)')."""
    name = scene.cast.at.get(value.words.start - 2)
    if name is None or value.kind != "share":
        return ()
    holders = [s for s in statements if s.fact.subject in name.entities]
    return holders or [s for s in statements if s.fact.object in name.entities]


def above(value: Value, statements: Sequence[Statement], scene: Scene) -> Sequence[Statement]:
    """Return the statements that the nearest word above a value says."""
    found: list[Statement] = []
    path: list[Token] = []
    for node in (value.root, *governors(value.root)):
        found = [s for s in statements if node in s.home]
        far = value.kind == "date" and len(path) > 1
        if found or far or (path and is_barrier(node, value, scene)):
            break
        if not path or node.pos_ == "VERB" or not is_passage(node, scene.lang):
            path.append(node)
    if any(node.pos_ == "VERB" for node in path):  # 'l'achat, évalué à 3 M€', not 'X, évalué à'
        found = [s for s in found if s.trigger.pos_ == "NOUN"]
    return [s for s in statements if s in found or is_part(s.trigger, value)]


def is_part(trigger: Token, value: Value) -> bool:
    """Tell whether a noun says of what a value is a part ('30 % des actions')."""
    return trigger.head == value.root and trigger.dep_ == "nmod"


def inside(value: Value, statements: Sequence[Statement], scene: Scene) -> Sequence[Statement]:
    """Return the statements of the last trigger before a value that their words go round."""
    found = [s for s in statements if s.trigger.i < value.words.start < s.words.end]
    last = max((s.trigger.i for s in found), default=0)
    gap = value.words.doc[last + 1 : value.words.start]
    if value.kind == "date" or any(is_barrier(token, value, scene) for token in gap):
        return ()
    return [s for s in found if s.trigger.i == last]


def goes_on(statement: Statement, value: Value, lang: Language) -> bool:
    """Tell whether a value stands right behind a statement ('X rachète Y pour 3 M€')."""
    gap = value.words.doc[statement.words.end : value.words.start]
    if value.words.start < statement.words.end or len(gap) > NEAR:
        return False
    if isinstance(value.said, When) and not is_long(value.said) and len(gap):
        if lang.prepositions.get(gap[0].lower_) == "de":
            return False  # the year of a name: 'X propose une berline Y de 1991'
    if not is_event(statement.fact, lang) and any(token.is_punct for token in gap):
        return False
    prices, noun = lang.words(WORDS + "prices"), statement.trigger.pos_ == "NOUN"
    return all(
        token.pos_ in LIGHT or (lemma_of(token) in prices and (noun or token.pos_ != "VERB"))
        for token in gap
    )


def is_barrier(node: Token, value: Value, scene: Scene) -> bool:
    """Tell whether a word has a value for itself: a verb, a predicate, a measure, a name."""
    lemma, lang = lemma_of(node), scene.lang
    if is_passage(node, lang):
        return False
    if node.pos_ in ("VERB", "AUX") or any(is_clausal(child, lang) for child in node.children):
        return True
    if value.kind == "share" and node.pos_ == "ADJ":
        return True
    if value.kind != "date":
        return lemma in lang.words(WORDS + "measures")
    if node.pos_ == "NUM" or (node.pos_ == "NOUN" and node.dep_ == "obl:mod"):
        return True  # 'X a repris Y après la crise de 2014'
    name = scene.cast.at.get(node.i)
    return name is not None and name.covers_name(node.i)


def is_passage(node: Token, lang: Language) -> bool:
    """Tell whether a word only leads from a value to the words that say of what it is."""
    words = {lemma_of(node), node.lower_}
    return any(not words.isdisjoint(lang.table(WORDS + table)) for table in PASSAGES)


def is_clausal(token: Token, lang: Language) -> bool:
    """Tell whether a word makes a clause of the one that it hangs on: a subject or a copula."""
    return token.dep_ in lang.words("syntax.subject") or token.dep_ in lang.words("syntax.copula")


def is_measured(value: Value, lang: Language) -> bool:
    """Tell whether 'de' and a measure follow a value ('22 % des droits de vote')."""
    behind = value.words.doc[value.words.end : value.words.end + 3]
    if value.kind == "date" or not len(behind):
        return False
    measures = lang.words(WORDS + "measures")
    of = lang.prepositions.get(behind[0].lower_) == "de"
    return of and any(token.lemma_.lower() in measures for token in behind[1:])


def tellers(value: Value, statements: Sequence[Statement], lang: Language) -> list[Statement]:
    """Return the statements of which a date tells when the news came ('a annoncé lundi')."""
    verb = next((t for t in (value.root, *governors(value.root)) if t.pos_ == "VERB"), None)
    if verb is None or lemma_of(verb) not in lang.words(WORDS + "announcing"):
        return []
    return [s for s in statements if is_told(s, verb, lang)]


def is_told(statement: Statement, verb: Token, lang: Language) -> bool:
    """Tell whether a verb of saying governs a statement, or stands within its clause."""
    if not is_event(statement.fact, lang):
        return False
    if verb.head in statement.home and not any(c.dep_ == "mark" for c in verb.children):
        return True  # ', a-t-il annoncé lundi'
    node = statement.trigger
    for above in governors(node):
        tensed = node.dep_ in ("acl", "advcl") and not has(node, "VerbForm", "Inf")
        if tensed or node.dep_ == "appos" or node.dep_ in lang.words("syntax.relative"):
            return False
        if above == verb:
            return node.dep_ not in lang.words("syntax.subject")
        node = above
    return False


def beside(
    statement: Statement, values: Sequence[Value], others: Sequence[Statement], scene: Scene
) -> Value:
    """Return which of several values a statement has: the first, or the nearest to its own end.

    That is the end in which the statements of one trigger differ: 'détient 30 % de X et 20 % de
    Y', 'détenu à 60 % par X et à 40 % par Y'.
    """
    ends = [(s.fact.subject, s.fact.object) for s in others]
    side = next((side for side in (1, 0) if len({end[side] for end in ends}) > 1), None)
    if side is None or len(values) == 1:
        return values[0]
    own = (statement.fact.subject, statement.fact.object)[side]
    at = scene.cast.at
    spots = [t.i for t in statement.trigger.sent if t.i in at and own in at[t.i].entities]

    def distance(value: Value) -> tuple[int, bool]:
        first, last = value.words.start, value.words.end - 1
        return min((max(first - i, i - last), first > i) for i in spots or [statement.trigger.i])

    return min(values, key=distance)
