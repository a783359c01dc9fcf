"""Where names begin and end: capitalised runs, mended with the model's entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.names.key import fold
from kg.names.known import known_forms
from kg.rules.mentions.bodies import body_end
from kg.rules.mentions.edges import (
    is_capitalised,
    is_name_word,
    is_topic,
    quoted_title,
    starts_sentence,
    trim,
)
from kg.rules.mentions.figures import is_figure, is_model
from kg.rules.mentions.offices import portfolios, title_tokens
from kg.rules.mentions.splits import joins_company, part
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def spans(doc: Doc, lang: Language) -> list[tuple[int, int]]:
    """Return the token borders of names, in order."""
    return part(list(runs(doc, lang)), doc, lang)


def runs(doc: Doc, lang: Language) -> Iterator[tuple[int, int]]:
    """Yield quoted titles, and capitalised runs mended with the model's entities."""
    finder = Finder(doc, lang)
    quotes = lang.words("names.quotes_open")
    index = 0
    for start in finder.openings():
        if start < index:
            continue
        index = start
        if end := body_end(doc, index, lang):
            yield index, end
            index = end
            continue
        quoted = index > 1 and finder.texts[index - 1] in quotes
        if quoted and (end := quoted_title(doc, index, lang)):
            yield index, end
            index = end
            continue
        if not finder.opens(doc[index]):
            continue
        end = index + 1
        while end < len(doc) and (step := finder.continues(end)):
            end += step
        if span := trim(doc, index, end, lang):
            yield span
        index = end


class Finder:
    """Find where names begin and go on in one text."""

    def __init__(self, doc: Doc, lang: Language) -> None:
        self.doc, self.lang = doc, lang
        self.inside = {i for ent in doc.ents for i in range(ent.start + 1, ent.end)}
        self.texts = [token.text for token in doc]
        self.named = {index for index, text in enumerate(self.texts) if is_capitalised(text)}
        amid = [t for t in map(doc.__getitem__, sorted(self.named)) if not starts_sentence(t)]
        self.elsewhere = {token.text for token in amid}
        self.pairs = {(t.text, t.nbor().text) for t in amid if t.i + 1 < len(doc)}
        self.articles = lang.words("anaphora.definite")
        self.common = lang.words("names.common")
        self.lower = {text for text in self.texts if text.islower()}
        self.titles = title_tokens(doc, lang) | portfolios(doc, lang)
        self.person_particles = lang.words("names.person_particles")
        lookups = doc.vocab.lookups
        empty: Any = {}
        self.words = lookups.get_table("words", empty)
        self.verbs = lookups.get_table("verbs", empty)
        self.lemmas = lookups.get_table("lemmas", empty)

    def openings(self) -> list[int]:
        """Return where names may begin: capitals, figures, quotations, nouns of bodies."""
        quotes, bodies = (self.lang.words(f"names.{e}") for e in ("quotes_open", "institutions"))
        found = set(self.named)
        for index, text in enumerate(self.texts):
            if text in quotes:
                found.add(index + 1)
            elif text[0].isdigit() or text in bodies:
                found.add(index)
        return sorted(found - {len(self.texts)})

    def opens(self, token: Token) -> bool:
        """Tell whether a name may begin at a token."""
        name = token.i in self.named
        if token.i in self.titles or not (name or token.text[0].isdigit()):
            return False
        following = token.nbor() if token.i + 1 < len(self.doc) else None
        if not (name or is_figure(token, following, self.lang)):
            return False
        if self.is_currency(token) or self.is_credit(token, following):
            return False
        if token.lower_.replace("’", "'") in self.common:
            return (
                self.is_particle(token, following)
                or self.is_opening(token, following)
                or self.is_body(token)
            )
        if len(token.text) > 3 and token.lower_ in self.lang.demonyms:
            if token.ent_type_ == "LOC" and fold(token.text) in self.lang.places:
                return True
            said = token.i and token.nbor(-1).lower_ in self.articles
            return token.ent_type_ == "ORG" and token.i + 1 in self.inside and not said
        if not starts_sentence(token):
            return len(token.text) > 1 or bool(token.ent_type_)
        if token.text in self.elsewhere:
            return True
        if token.text.isupper():
            return len(token.text) > 1
        return self.opens_sentence(token, following)

    def opens_sentence(self, token: Token, following: Token | None) -> bool:
        """Tell whether the first word of a sentence, seen nowhere else, begins a name."""
        alone = following is None or not is_name_word(following)
        topic = is_topic(token, following) and fold(token.text) not in self.lang.places
        if alone and (token.lower_ in self.lower or topic):
            return False
        if self.is_ordinary(token):
            return False
        word = token.pos_ in ("VERB", "ADV", "ADJ", "DET", "PRON", "AUX", "SCONJ", "ADP", "CCONJ")
        if token.ent_type_:
            return not word or token.i + 1 in self.inside or self.is_unknown(token)
        if token.pos_ in ("PROPN", "X") or token.is_oov:
            return True
        subject = token.pos_ == "NOUN" or token.dep_ in self.lang.words("syntax.subject")
        return subject and self.is_unknown(token)

    def is_ordinary(self, token: Token) -> bool:
        """Tell whether the lexicon has a sentence's first word, and no list of names has it."""
        name = fold(token.text)
        if token.i + 1 in self.inside or name in known_forms() or name in self.lang.places:
            return False
        if any(lemma in self.verbs for lemma in self.lemmas.get(token.lower_, ())):
            return True
        return not self.is_unknown(token) and token.ent_type_ != "ORG"

    def is_unknown(self, token: Token) -> bool:
        """Tell whether the lexicon does not have a word, where there is one."""
        if not self.words:
            return bool(token.is_oov)
        return token.lower_ not in self.words and token.lower_ not in self.lemmas

    def is_particle(self, token: Token, following: Token | None) -> bool:
        """Tell whether a capitalised 'De' or 'La' opens a name, as in 'De Dietrich'."""
        if following is None or not is_name_word(following) or token.text.islower():
            return False
        if starts_sentence(token):
            return (token.text, following.text) in self.pairs
        return token.lower_ in self.person_particles or token.lower_ in self.articles

    def is_opening(self, token: Token, following: Token | None) -> bool:
        """Tell whether a common word opens a name: 'le salon Première Vision'."""
        if token.whitespace_ == "" and token.i + 2 < len(self.doc):
            return fold(self.doc[token.i : token.i + 3].text) in self.lang.places
        named = following is not None and is_name_word(following) and not starts_sentence(token)
        return named and token.lower_ in self.lang.words("names.opening")

    def is_body(self, token: Token) -> bool:
        """Tell whether a common noun opens a body's name for the model: 'Parlement européen'."""
        body = token.ent_type_ == "ORG" and token.i + 1 in self.inside
        return body and token.text.istitle() and token.pos_ in ("NOUN", "PROPN")

    def is_credit(self, token: Token, following: Token | None) -> bool:
        """Tell whether a token only says that a credit follows, as in 'Crédit photo : X'."""
        credits = self.lang.words("names.credits")
        marked = following is not None and (following.text == ":" or following.lower_ in credits)
        return marked and token.lower_ in credits

    def is_currency(self, token: Token) -> bool:
        """Tell whether a token tells a currency's country, as in 'dollars US'."""
        if not token.text.isupper() or not token.i:
            return False
        return token.nbor(-1).lower_ in self.lang.words("values.currencies")

    def continues(self, index: int) -> int:
        """Return how many tokens from an index go on with the name before it (0: none)."""
        token, before = self.doc[index], self.doc[index - 1]
        if token.is_space or token.is_sent_start or index in self.titles:
            return 0
        if joins_company(token, self.lang):
            return 2
        if self.is_border(before, token):
            return 0
        inside, glued = index in self.inside, not before.whitespace_
        following = self.doc[index + 1] if index + 1 < len(self.doc) else None
        if is_name_word(token):
            ordinary = token.lower_ in self.common and starts_sentence(token)
            if glued or inside or not ordinary:
                return int(inside or token.lower_ not in self.lang.demonyms)
        if token.text[0].isdigit():
            return self.continues_with_figure(token, following)
        if glued and before.text[-1] in "'’" and len(before.text) > 2 and token.is_alpha:
            return 1
        figures = following is not None and before.text.isdigit() and following.text.isdigit()
        named = following is not None and (is_name_word(following) or following.i in self.inside)
        if following is None or not (named or figures):
            return int(inside and any(c.isalpha() for c in token.text))
        return self.joins(token, following)

    def continues_with_figure(self, token: Token, following: Token | None) -> int:
        """Return 1 if a figure goes on with a name: a model's, not an amount, share or year."""
        if following is not None and following.text in self.lang.words("names.measures"):
            return 0
        if is_model(token, following):
            return 1
        glued = not token.nbor(-1).whitespace_
        code = len(token.text) > 2 and token.text.isalnum() and not token.text.isdigit()
        return int(len(token.text) <= 5 and (code or glued or token.i in self.inside))

    def joins(self, token: Token, following: Token) -> int:
        """Return how many tokens join two parts of a name: a mark, a particle, a comma."""
        before, inside = token.nbor(-1), token.i in self.inside
        glued = not before.whitespace_ and not token.whitespace_
        if token.text in "-–&+.'’" and (glued or self.allies(token, following)):
            return 2
        if token.text == "," and following.text in self.lang.words("names.appended"):
            return 2
        if token.text == "&" or (inside and token.lower_ in self.lang.words("names.particles")):
            return 2 if is_name_word(following) else 1
        if token.lower_ in self.person_particles and following.i in self.inside:
            return 2
        return int(inside and token.is_alpha)

    def allies(self, dash: Token, following: Token) -> bool:
        """Tell whether a dash between blanks joins two companies, as in 'Orvane - Vextra'."""
        inside = dash.i in self.inside and following.i in self.inside and following.is_alpha
        if following.lower_ in self.lang.words("names.credits") | self.common:
            return False
        return inside and dash.ent_type_ == "ORG" and is_name_word(following)

    def is_border(self, before: Token, token: Token) -> bool:
        """Tell whether the model ends a person's name between two tokens, or begins one."""
        if before.ent_type_ == token.ent_type_ or token.ent_iob_ == "I":
            return False
        if before.lower_ in self.person_particles:
            return False
        if (
            before.ent_type_ == "LOC"
            and token.ent_iob_ == "B"
            and fold(before.text) in self.lang.places
        ):
            return True
        label = token.ent_type_ or before.ent_type_
        person = "PER" in (before.ent_type_, token.ent_type_)
        return person and (label != "PER" or token.i + 1 in self.inside or token.ent_type_ != "PER")
