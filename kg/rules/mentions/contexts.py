"""What the words around a name, and its own, say of its class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.names.key import fold
from kg.names.known import known_name
from kg.rules.mentions.mention import NOUNS, Mention, demonym_places, is_full_name
from kg.rules.mentions.predicates import vote_by_apposition, vote_by_predicate
from kg.rules.mentions.splits import joins_company
from kg.rules.syntax import sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What settles a class against all else but the same.
SURE = 3.0
#: How far before a person's name the noun of what is named after them may stand.
NEAR = 2


def vote_by_context(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Add to a mention's votes what the words around it, and its own, say of its class."""
    vote_by_noun(mention, tokens, lang)
    vote_by_form(mention, tokens, lang)
    vote_by_article(mention, tokens, lang)
    vote_by_verb(mention, tokens, lang)
    vote_by_apposition(mention, tokens, lang)
    vote_by_predicate(mention, tokens, lang)
    before = tokens[mention.start - 1] if mention.start else None
    while before is not None and before.i and before.lower_ in lang.words("names.person_particles"):
        if before.nbor(-1).text not in lang.words("names.civilities"):
            break
        before = before.nbor(-1)
    if before is not None:
        if before.text in lang.words("names.civilities"):
            mention.votes["Person"] += SURE
        elif place := lang.table("names.place_votes").get(before.lower_):
            mention.votes["Place"] += place
    if fold(mention.name) in lang.places:
        mention.votes["Place"] += SURE
    elif known := known_name(mention.name):
        mention.votes[known.kind] += 1.0 if known.risky else 2.0


def vote_by_noun(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count the common noun before a name, and 'directeur de' before it."""
    if mention.head >= 0:
        noun = {tokens[mention.head].lower_, tokens[mention.head].lemma_.lower()}
        firm = noun & lang.words("nouns.company") and not noun & lang.words("nouns.either")
        near = mention.start - mention.head <= NEAR
        if is_full_name(mention) and not (near and (firm or noun & lang.words("nouns.product"))):
            return
        kinds = [kind for entry, kind in NOUNS.items() if noun & lang.words(f"nouns.{entry}")][:2]
        if mention.label["Place"] and noun & lang.words("nouns.facility"):
            kinds = ["Place"]
        for kind in kinds:
            weight = 2.0 if len(kinds) == 1 else 1.2 if kind == "Product" else 0.8
            mention.votes["Company" if kind == "PublicBody" else kind] += weight
        return
    if mention.start < 2:
        return
    first, second = tokens[mention.start - 1], tokens[mention.start - 2]
    if lang.prepositions.get(first.lower_) == "de" and follows_title(second, lang):
        served = mention.label["Person"] > 0.5 and second.lower_ in lang.words("names.reigns")
        mention.votes["Company"] += 0.0 if served else 1.5
    elif first.lower_ in lang.titles and first.text.islower() and mention.end - mention.start > 1:
        mention.votes["Person"] += 1.0


def follows_title(token: Token, lang: Language) -> bool:
    """Tell whether a token ends a role's title: 'directrice', 'directrice des achats'."""
    if token.lower_ in lang.titles:
        return True
    words = lang.words("relations.holdsPosition.title_words")
    inner = words | lang.words("relations.holdsPosition.title_domains")
    for index in range(token.i, max(token.i - 5, -1), -1):
        word = token.doc[index]
        if word.lower_ in lang.titles:
            return True
        if word.lower_ not in inner and word.pos_ not in ("DET", "ADP"):
            return False
    return False


def vote_by_form(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count what a name's own words say: legal forms, figures, words of company names."""
    words = [t.text for t in tokens[mention.start : mention.end]]
    votes, several = mention.votes, len(words) > 1
    joined = several and joins_company(tokens[mention.end - 2], lang)
    if joined or (several and words[-1] in lang.words("names.legal_forms")):
        votes["Company"] += SURE
    telling = lang.words("names.generic") | lang.words("names.units")
    if several and {words[0].lower(), words[-1].lower()} & lang.words("names.bodies"):
        votes["Company"] += 1.2
        votes["Person"] -= 0.7
    elif several and any(w.lower() in telling and len(w) > 3 for w in words):
        votes["Company"] += 0.2 if mention.label["Product"] > 0.5 else 0.8
        votes["Person"] -= 0.5
    if not several and words[0].isupper() and len(words[0]) > 1:
        votes["Company"] += 0.15
    quotes = lang.words("names.quotes_open"), lang.words("names.quotes_close")
    if mention.start and mention.end < len(tokens):
        if tokens[mention.start - 1].text in quotes[0] and tokens[mention.end].text in quotes[1]:
            votes["Product"] += 0.8
    opening = tokens[mention.start].lemma_.lower()
    if several and opening in lang.words("nouns.public"):
        votes["PublicBody"] += 2.0
    elif several and opening in lang.words("nouns.company"):
        votes["Company"] += 1.0
    if any(c.isdigit() for w in words for c in w) and not words[0][0].isdigit():
        votes["Product"] += 0.7
        votes["Person"] -= 0.5


def vote_by_article(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count an article before a name: products have one, companies and people seldom do."""
    index = mention.start - 1
    renewed = False
    while index > 0 and tokens[index].lower_ in lang.words("names.renewed"):
        index, renewed = index - 1, True
    article = tokens[index] if index >= 0 else None
    if mention.head >= 0 or article is None:
        return
    acronym = mention.end - mention.start == 1 and tokens[mention.start].text.isupper()
    acronym = acronym and tokens[mention.start].is_alpha
    counted = article.i == mention.start - 1 and article.text.isdigit()
    if counted or article.lower_ in lang.words("names.telling_articles"):
        weight = 1.1 if counted else 0.8
    elif article.lower_ in lang.words("names.plain_articles") and not acronym:
        weight = 0.8 if renewed else 0.4
    else:
        return
    if mention.label["Place"] and not renewed:
        weight /= 2
    mention.article = weight
    mention.label["Product"] += weight
    if mention.end - mention.start > 1:
        mention.label["Person"] -= 0.8


def vote_by_verb(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count the words that only people or only companies stand beside."""
    first = tokens[mention.start - 1] if mention.start else None
    second = tokens[mention.start - 2] if mention.start > 1 else None
    several = mention.end - mention.start > 1
    doubt = 0.5 if is_full_name(mention) else 1.0
    if first is not None and first.lemma_ in lang.words("speech.verbs") and several:
        mention.votes["Person"] += 0.6
    if first is not None and first.text == "," and several and announces_person(first, lang):
        mention.votes["Person"] += 1.0
    if mention.start > 1:
        vote_by_whole(mention, tokens, lang)
    national = first is not None and (first.text.islower() or not several)
    if first is not None and national and demonym_places(first, lang):
        if second is not None and second.lower_ in lang.words("articles.determiners"):
            mention.votes["Company"] += 1.2
        elif second is not None and second.pos_ == "NOUN":
            mention.votes["Company"] += 0.6
    if first is not None and first.lemma_.lower() in lang.words("nouns.led"):
        mention.votes["Person"] += 1.5 * (mention.label["Person"] > 0.5)
    if first is not None and lang.prepositions.get(first.lower_) == "chez":
        mention.votes["Company"] += 1.2
    root = tokens[mention.start].doc[mention.start : mention.end].root
    if root.dep_ in lang.words("syntax.agent"):
        clausal = lang.words("syntax.clausal")
        verbs = {root.head.lemma_, *(t.lemma_ for t in root.head.children if t.dep_ in clausal)}
        if verbs & lang.words("nouns.deeds"):
            mention.votes["Company"] += 0.6 * doubt
        elif mention.label["Person"] < 0.5 and verbs & lang.words("nouns.willed"):
            mention.votes["Company"] += 0.5


def vote_by_whole(mention: Mention, tokens: Sequence[Token], lang: Language) -> None:
    """Count what a name is said to have or to hold: 'le capital de X', 'son site de X'."""
    first, second = tokens[mention.start - 1], tokens[mention.start - 2]
    doubt = 0.5 if is_full_name(mention) else 1.0
    head = second if second.pos_ != "ADJ" or second.i == 0 else second.nbor(-1)
    nouns = {head.lemma_.lower(), head.lower_}
    if lang.prepositions.get(first.lower_) == "de":
        if nouns & lang.words("nouns.owned"):
            mention.votes["Company"] += doubt
        elif nouns & lang.words("nouns.helms"):
            mention.votes["Company"] += 1.2
        elif nouns & lang.words("nouns.facility"):
            own = head.i and head.nbor(-1).lower_ in lang.words("articles.possessives")
            mention.votes["Place"] += 1.5 if own else 0.5  # 'son site de X': no other's
        elif nouns & lang.words("nouns.place"):
            mention.votes["Place"] += 1.2
    elif first.lower_ in lang.words("names.plain_articles") and mention.label["Place"]:
        mention.votes["Place"] += 0.5 * (lang.prepositions.get(second.lower_) == "dans")


def announces_person(comma: Token, lang: Language) -> bool:
    """Tell whether a title stands before a comma: 'le président du groupe, X'."""
    for index in range(comma.i - 1, max(comma.i - 7, sentence_start(comma) - 1), -1):
        token = comma.doc[index]
        if token.lower_ in lang.titles:
            return True
        if token.pos_ in ("VERB", "AUX") or (token.is_punct and token.text not in "()"):
            return False
    return False
