"""Who holds which role where: appositions, appointments, departures, successions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language import Language
from kg.arguments import Scene, after, broad, fill, is_employer, possessor, preposition_of
from kg.modality import assess
from kg.model import Fact, Modality
from kg.relations import cover
from kg.resolve import ORGANIZATIONS, Reference
from kg.syntax import governors

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS = "relations.holdsPosition."
#: How many tokens a person's name may stand from the title ('X, 62 ans, l'actuel PDG').
NEAR = 9
SAID, GUESSED = 0.9, 0.6
#: How many tokens before its sentence the organisation of a bare title may have been named.
LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Title:
    """Hold the tokens of a title as written, and whether it is of the past or of the future."""

    start: int
    end: int
    former: bool
    future: bool


def find_positions(scene: Scene) -> Iterator[Fact]:
    """Yield the roles that a text gives to people."""
    titles = list(find_titles(scene))
    holders: dict[int, tuple[Reference, ...]] = {}
    for number, title in enumerate(titles):
        persons = persons_of(title, scene)
        if not persons and number and continues(titles[number - 1], title, scene):
            persons = holders.get(number - 1, ())
        holders[number] = persons
        organizations = organizations_of(title, scene)
        if not organizations and number + 1 < len(titles):
            if continues(title, titles[number + 1], scene):
                organizations = organizations_of(titles[number + 1], scene)
        if persons and not organizations:
            organizations = spoken_of(title, scene)
        for person in persons:
            for organization in organizations:
                yield from state(title, person, organization, scene)
    yield from find_leaders(scene)
    yield from find_owners(scene)
    yield from find_members(scene)


def find_titles(scene: Scene) -> Iterator[Title]:
    """Yield the titles of a text ('directeur général délégué', 'Président et CEO')."""
    doc, lang = scene.cast.doc, scene.lang
    index = 0
    while index < len(doc):
        token = doc[index]
        if not is_title(token, lang):
            index += 1
            continue
        end = title_end(doc, index, scene)
        former = marked(token, scene, "former") or token.lower_.startswith("ex-")
        yield Title(index, end, former, marked(token, scene, "future"))
        index = end


def is_title(token: Token, lang: Language) -> bool:
    """Tell whether a token is a title's noun ('PDG', 'ex-PDG')."""
    return token.lower_.removeprefix("ex-") in lang.titles


def title_end(doc: Doc, start: int, scene: Scene) -> int:
    """Return where a title ends: its adjectives, domains and a second title are part of it."""
    lang, end = scene.lang, start + 1
    words = lang.words(WORDS + "title_words")
    domains = lang.words(WORDS + "title_domains")
    while end < len(doc):
        token = doc[end]
        following = doc[end + 1] if end + 1 < len(doc) else None
        if token.text in words or token.lower_ in words or is_title(token, lang):
            end += 1
        elif token.text == "(" and following is not None and is_title(following, lang):
            end += 3
        elif token.text in ("et", "&", "-", "/") and following is not None and (
            is_title(following, lang) or following.text in words
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
        doc[index].lower_ not in ("et", "chargé", "chargée")
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
    """Tell whether 'ancien', 'ex-', 'futur' stands before a title."""
    words = scene.lang.words(WORDS + status)
    first = max(token.i - 2, token.sent.start)
    return any(t.lower_.strip("-") in words for t in token.doc[first : token.i])


def persons_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who has a title: named right after it, before it in apposition, or by the verb."""
    head = scene.cast.doc[title.start]
    return (
        person_after(title, scene)
        or person_before(title, scene)
        or person_of_verb(head, title, scene)
    )


def person_after(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named after a title and its organisation ('le PDG de X, Y')."""
    previous = title.end
    doc = scene.cast.doc
    for _, reference in after(doc[title.end - 1], scene):
        gap = doc[previous : reference.left]
        if broad(reference) == "Person":
            plain = all(t.pos_ in ("PUNCT", "DET", "ADP") or t.text in (",", "M.", "Mme") for t in gap)
            good = plain and not any(t.text in ("et", ".") for t in gap)
            linked = preposition_of(reference, scene.cast, scene.lang)
            return scene.all_of(reference)[:1] if good and not linked else ()
        if len(gap) > 4:
            return ()
        previous = reference.end
    return ()


def person_before(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the person named before a title in apposition ('X, 62 ans, l'actuel PDG de Y')."""
    doc = scene.cast.doc
    index, stop = title.start - 1, max(title.start - NEAR, doc[title.start].sent.start)
    commas = 0
    while index >= stop:
        token = doc[index]
        reference = scene.cast.at.get(index)
        if reference is not None:
            if broad(reference) != "Person" or not reference.named:
                return ()
            beside = all(t.pos_ == "DET" for t in doc[reference.end : title.start])
            return scene.all_of(reference)[-1:] if commas or beside else ()
        commas += token.text in (",", "(", "–", "—", "-", ":")
        if token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in ".;»":
            return ()
        index -= 1
    return ()


def person_of_verb(head: Token, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who is appointed to a title, takes it or is it."""
    lang = scene.lang
    verbs = lang.words(WORDS + "appoint") | lang.words(WORDS + "take")
    verb = governing_verb(head, verbs, scene)
    if verb is None and any(c.dep_ == "cop" for c in head.children):
        return people(fill(head, "subj", scene))
    if verb is None:
        return ()
    if verb.lemma_ in lang.words(WORDS + "appoint"):
        found = people(fill(verb, "obj", scene))
        return found or people(fill(verb, "subj", scene))
    return people(fill(verb, "subj", scene))


def governing_verb(head: Token, verbs: frozenset[str], scene: Scene) -> Token | None:
    """Return the verb of appointment before a title in its clause."""
    for token in governors(head):
        if token.lemma_ in verbs and token.pos_ in ("VERB", "AUX"):
            return token
    first = max(head.i - 12, head.sent.start)
    for index in range(head.i - 1, first, -1):
        token = head.doc[index]
        if token.lemma_ in verbs and token.pos_ == "VERB":
            return token
        if token.text in ".;:»":
            return None
    return None


def people(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the references that are to people."""
    return tuple(r for r in references if broad(r) == "Person")


def organizations_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return where a title is held: 'de X', 'chez X', or whose it is ('son PDG')."""
    doc = scene.cast.doc
    for preposition, reference in after(doc[title.end - 1], scene):
        gap = reference.left - title.end
        if preposition in ("de", "chez", "à", "pour") and gap <= 4 and is_employer(reference, scene):
            return scene.all_of(reference)
        if broad(reference) != "Place" or gap > 4:
            break
    owners = possessor(doc[title.start], scene)
    if owners:
        return owners
    return ()


def spoken_of(title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return the organisation named last before a title that says none, or in its sentence."""
    doc = scene.cast.doc
    sentence = doc[title.start].sent
    near = [
        r
        for r in scene.cast.references
        if is_employer(r, scene) and sentence.start - LOOK_BACK <= r.start < sentence.end
    ]
    before = [r for r in near if r.start < title.start]
    return (before[-1],) if before else tuple(near[:1])


def continues(first: Title, second: Title, scene: Scene) -> bool:
    """Tell whether a second title is joined to the first: 'PDG de X et président de Y'."""
    gap = scene.cast.doc[first.end : second.start]
    joined = any(t.lower_ in ("et", "puis", ",") for t in gap)
    return joined and len(gap) <= 12 and not any(t.pos_ in ("VERB", "AUX") for t in gap)


def state(
    title: Title, person: Reference, organization: Reference, scene: Scene
) -> Iterator[Fact]:
    """Yield the fact that a person has a title at an organisation."""
    doc = scene.cast.doc
    head = doc[title.start]
    modality: Modality = "Planned" if title.future else "Actual"
    lang = scene.lang
    verbs = lang.words(WORDS + "appoint") | lang.words(WORDS + "take")
    verb = governing_verb(head, verbs, scene)
    if verb is not None and not title.future and person in persons_by_verb(head, title, scene):
        modality = assess(verb, lang)
    role = doc[title.start : title.end].text
    for one in person.entities:
        for other in organization.entities:
            yield Fact(
                one,
                "holdsPosition",
                other,
                modality,
                ended=title.former,
                qualifiers={"role": " ".join(role.split())},
                confidence=SAID if organization.named else GUESSED,
                rule="title",
                evidence=(cover(head, person, organization),),
            )


def persons_by_verb(head: Token, title: Title, scene: Scene) -> tuple[Reference, ...]:
    """Return who a verb gives a title to, if no apposition does."""
    if person_after(title, scene) or person_before(title, scene):
        return ()
    return person_of_verb(head, title, scene)


def find_leaders(scene: Scene) -> Iterator[Fact]:
    """Yield roles that a verb says by itself: 'X dirige Y', 'fondée par X', 'X quitte Y'."""
    lead = scene.lang.table(WORDS + "lead")
    leave = scene.lang.words(WORDS + "leave")
    for token in scene.cast.doc:
        if token.pos_ != "VERB" or not (token.lemma_ in lead or token.lemma_ in leave):
            continue
        targets = [r for r in fill(token, "obj", scene) if is_employer(r, scene)]
        for person in people(fill(token, "subj", scene)):
            for target in targets:
                role = lead.get(token.lemma_)
                yield Fact(
                    person.entities[0],
                    "holdsPosition",
                    target.entities[0],
                    assess(token, scene.lang),
                    ended=role is None,
                    qualifiers={"role": role} if role else {},
                    confidence=GUESSED,
                    rule=f"verb:{token.lemma_}",
                    evidence=(cover(token, person, target),),
                )


def find_members(scene: Scene) -> Iterator[Fact]:
    """Yield who speaks for an organisation without a title: 'X, de la CGT', 'X chez Y'."""
    doc = scene.cast.doc
    references = scene.cast.references
    for first, second in zip(references, references[1:], strict=False):
        gap = doc[first.end : second.left]
        if broad(first) != "Person" or not first.named or not is_employer(second, scene):
            continue
        words = [t for t in gap if t.pos_ != "DET"]
        if len(words) == 2 and words[0].text in (",", "("):
            if scene.lang.prepositions.get(words[1].lower_) in ("de", "chez"):
                yield from member(first, second, doc[first.start], scene)
    careers = scene.lang.words(WORDS + "careers")
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in careers:
            targets = fill(token, "chez", scene) or fill(token, "pour", scene)
            targets = targets or fill(token, "obj", scene)
            for person in people(fill(token, "subj", scene)):
                for target in targets:
                    if is_employer(target, scene):
                        yield from member(person, target, token, scene)


def member(
    person: Reference, organization: Reference, trigger: Token, scene: Scene
) -> Iterator[Fact]:
    """Yield that a person is or was at an organisation."""
    yield Fact(
        person.entities[0],
        "holdsPosition",
        organization.entities[0],
        assess(trigger, scene.lang),
        confidence=GUESSED,
        rule="member",
        evidence=(cover(trigger, person, organization),),
    )


def find_successions(facts: list[Fact], scene: Scene) -> Iterator[Fact]:
    """Yield the former role of whom somebody succeeds, the same as the successor's."""
    roles = {f.subject: f for f in facts if f.property == "holdsPosition" and not f.ended}
    verbs = scene.lang.words(WORDS + "succeed")
    for token in scene.cast.doc:
        if token.pos_ != "VERB" or token.lemma_ not in verbs:
            continue
        former = people(fill(token, "à", scene)) or people(fill(token, "obj", scene))
        for person in people(fill(token, "subj", scene)):
            fact = roles.get(person.entities[0])
            for other in former:
                if fact and other.entities[0] != fact.subject:
                    yield replace(
                        fact,
                        subject=other.entities[0],
                        modality="Actual",
                        ended=True,
                        confidence=GUESSED,
                        rule=f"verb:{token.lemma_}",
                        evidence=(cover(token, person, other),),
                    )


def find_owners(scene: Scene) -> Iterator[Fact]:
    """Yield who leads 'l'entreprise de Mark X', without a title."""
    doc = scene.cast.doc
    for reference in scene.cast.references:
        if reference.named or reference.entities[0].kind not in ORGANIZATIONS:
            continue
        following = next(iter(after(doc[reference.end - 1], scene)), None)
        if following and following[0] == "de" and following[1].left - reference.end <= 8:
            for person in people((following[1],)):
                yield Fact(
                    person.entities[0],
                    "holdsPosition",
                    reference.entities[0],
                    confidence=GUESSED,
                    rule="owner",
                    evidence=(cover(doc[reference.start], reference, person),),
                )
