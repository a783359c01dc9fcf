"""Where a sentence begins to name an area of cooperation, and by which word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.rules.relations.arguments import fill
from kg.rules.relations.frames import is_reflexive
from kg.rules.relations.scene import Scene
from kg.rules.syntax import (
    governors,
    grammatical_object,
    grammatical_subject,
    has,
    is_passive,
    sentence_start,
)
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

WORDS = "relations.cooperatesIn."
OPENED, WORKED = 0.8, 0.7


def openings(sentence: Stretch, scene: Scene, agreed: bool) -> Iterator[tuple[int, Token, float]]:
    """Yield where an area may begin in a sentence, with the verb or noun that opens it."""
    lang, doc = scene.lang, scene.cast.doc
    verbs, projects = lang.words(WORDS + "verbs"), lang.words(WORDS + "projects")
    openers = openers_of(lang)
    about = agreed or any(t.lemma_ in projects for t in sentence)
    taken = -1
    for token in sentence:
        if token.i < taken:
            continue
        if about and (size := opens(doc, token.i, openers)):
            if follows_deal(token, projects, agreed):
                yield token.i + size, token, OPENED
                taken = token.i + size + 3
        elif token.lemma_ in verbs and token.pos_ == "VERB" and not is_reflexive(token, lang):
            if token.lemma_ in lang.words(WORDS + "studied") and not is_studied(token, scene):
                continue
            if (about or has_pair(token, scene) or is_studied(token, scene)) and is_joint(token):
                yield token.i + 1, token, WORKED
                taken = token.i + 2


def named_areas(sentence: Stretch, scene: Scene) -> Iterator[tuple[int, Token, float]]:
    """Yield where an agreement's noun names its area: 'un partenariat de recherche'."""
    lang = scene.lang
    none = lang.words(WORDS + "not_areas") | lang.words(WORDS + "scaffold")
    for token in sentence[:-2]:
        if token.lemma_ not in lang.words(WORDS + "projects"):
            continue
        preposition, noun = token.nbor(), token.nbor(2)
        bare = lang.prepositions.get(preposition.lower_) == "de" and preposition.pos_ == "ADP"
        if bare and not has(preposition, "Definite", "Def") and noun.pos_ == "NOUN":
            if noun.lemma_ not in none and noun.i not in scene.cast.at:
                yield noun.i, token, WORKED


def works(sentence: Stretch, scene: Scene) -> Iterator[tuple[int, Token, float]]:
    """Yield where what is made together stands: 'X lance, en collaboration avec Y, une gamme'."""
    lang = scene.lang
    for token in sentence[1:]:
        if token.lemma_ not in lang.words(WORDS + "jointly") or token.nbor(-1).lower_ != "en":
            continue
        verb = next((t for t in governors(token) if t.pos_ == "VERB"), None)
        if verb is None:
            continue
        made = grammatical_subject if is_passive(verb, lang) else grammatical_object
        if (work := made(verb, lang)) and work.pos_ == "NOUN" and work.i not in scene.cast.at:
            yield work.left_edge.i, token, WORKED


def follows_deal(token: Token, projects: frozenset[str], agreed: bool) -> bool:
    """Tell whether a word of agreement stands before an opener in its sentence."""
    return any(t.lemma_ in projects for t in token.doc[sentence_start(token) : token.i])


def has_pair(verb: Token, scene: Scene) -> bool:
    """Tell whether those who do something are two or more."""
    references = fill(verb, "subj", scene)
    return len({e for r in references for e in r.entities}) > 1


def is_studied(verb: Token, scene: Scene) -> bool:
    """Tell whether a verb says what is being looked into ('la faisabilité d'utiliser …')."""
    words = scene.lang.words(WORDS + "studies")
    return any(node.lemma_ in words for node in islice(governors(verb), 3))


def is_joint(verb: Token) -> bool:
    """Tell whether a verb has an object of its own to cooperate in."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    return any(t.pos_ in ("DET", "NOUN", "ADJ", "ADP") for t in following)


def opens(doc: Doc, index: int, openers: Mapping[str, Sequence[tuple[str, int]]]) -> int:
    """Return how many tokens from an index are an opener of areas."""
    for opener, size in openers.get(doc[index].lower_.replace("’", "'"), ()):
        if doc[index : index + size].text.lower().replace("’", "'") == opener:
            return size
    return 0


@cache
def openers_of(lang: Language) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Return what opens areas with its number of tokens, by its first word, the longest first."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for opener in sorted(lang.words(WORDS + "openers"), key=lambda w: (-len(w), w)):
        words = opener.replace("'", "' ").split()
        found[words[0]].append((opener, len(words)))
    return found
