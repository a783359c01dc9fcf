"""Who holds which role where: titles with who has them and at what organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Entity, Fact, Modality
from kg.rules.modality import assess
from kg.rules.relations.frames import cover
from kg.rules.relations.scene import Scene
from kg.rules.resolve.cast import Reference
from kg.rules.roles.departures import Departure, has_left
from kg.rules.roles.employers import GUESSED, Employer, employer_of
from kg.rules.roles.holders import Holding, holding_of
from kg.rules.roles.titles import WORDS, Title, continues, find_titles
from kg.rules.roles.ways import lemmas_of, way_of
from kg.rules.syntax import governors, has, is_passive, sentence_start
from kg.values.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The most that a role is sure that a verb gives, and whose holder a pronoun means.
BY_VERB, PRONOUN = 0.88, 0.7
#: How many tokens before a verb 'candidat' or 'favori' may stand.
SOUGHT = 4
#: What gives a post for the time to come, so that it does not end with a departure.
ENTRIES = ("appoint", "renew", "take", "entrust", "seek", "arrivals", "keep")


@dataclass(frozen=True, slots=True)
class Post:
    """Hold a title with who has it and where."""

    title: Title
    held: Holding
    employer: Employer


def find_positions(departures: list[Departure], scene: Scene) -> Iterator[Fact]:
    """Yield the roles that a text gives to people, of whom some have left."""
    posts = find_posts(scene)
    for post in posts:
        later = next((p for p in posts if follows_on(p, post, scene)), None)
        for person in post.held.persons:
            for organization in post.employer.organizations:
                for fact in state(post, (person, organization), departures, scene):
                    yield fact if later is None else outdated(fact, later)


def follows_on(new: Post, old: Post, scene: Scene) -> bool:
    """Tell whether somebody goes from one post to another somewhere: 'X, DG de Y, devient PDG'."""
    doc = scene.cast.doc
    if old.held.trigger is not None or new.held.way not in ("appoint", "take"):
        return False
    if (
        sentence_start(doc[old.title.start]) != sentence_start(doc[new.title.start])
        or status(new, scene)[0] != "Actual"
    ):
        return False
    same = named(new.held.persons) & named(old.held.persons)
    return bool(same and named(new.employer.organizations) & named(old.employer.organizations))


def named(references: tuple[Reference, ...]) -> set[Entity]:
    """Return what some references mean."""
    return {e for r in references for e in r.entities}


def outdated(fact: Fact, later: Post) -> Fact:
    """Return a role that a later one has taken the place of: over, and less to the point."""
    sure = min(fact.confidence, later.employer.confidence, BY_VERB)
    return replace(fact, ended=fact.modality == "Actual", confidence=round(sure - 0.05, 2))


def find_posts(scene: Scene) -> list[Post]:
    """Return the posts of a text in their order, those of one person's list together."""
    posts: list[Post] = []
    past: dict[Entity, set[Entity]] = defaultdict(set)
    for title in find_titles(scene):
        held = holding_of(title, scene)
        joined = bool(posts) and continues(posts[-1].title, title, scene)
        if joined and not held.persons:
            held = posts[-1].held
        left = {e for r in held.persons for p in r.entities for e in past[p]}
        employer = employer_of(title, held, left, scene) if held.persons else Employer(())
        if joined and held.persons == posts[-1].held.persons:
            before = posts[-1].employer
            if before.confidence <= GUESSED < employer.confidence:
                posts[-1] = replace(posts[-1], employer=replace(employer, end=before.end))
            elif employer.confidence <= GUESSED < before.confidence:
                employer = replace(before, end=employer.end)
        posts.append(Post(title, held, employer))
        for person in (p for r in held.persons if title.former for p in r.entities):
            past[person].update(e for r in employer.organizations for e in r.entities)
    return posts


def state(
    post: Post, ends: tuple[Reference, Reference], departures: list[Departure], scene: Scene
) -> Iterator[Fact]:
    """Yield the fact that a person has a post at an organisation."""
    doc, (person, organization) = scene.cast.doc, ends
    head, held = doc[post.title.start], post.held
    modality, over = status(post, scene)
    sure = min(post.employer.confidence, BY_VERB if held.trigger is not None else 1.0)
    role = role_of(post, scene)
    for one in person.entities:
        for other in organization.entities:
            gone = held.way not in ENTRIES and has_left(one, head, other, departures)
            yield Fact(
                one,
                "holdsPosition",
                other,
                modality,
                ended=modality == "Actual" and (over or gone),
                qualifiers={"role": " ".join(role.split())} if role else {},
                confidence=sure if person.named else min(sure, PRONOUN),
                rule=f"title:{held.way}" if held.way else "title",
                evidence=(cover(held.trigger or head, person, organization),),
            )


def role_of(post: Post, scene: Scene) -> str:
    """Return a role as written; of who presides over a board, 'président du conseil'."""
    title, lang = post.title, scene.lang
    if title.unnamed or title.role:
        return title.role
    written = scene.cast.doc[title.start : post.employer.end].text.removeprefix("ex-")
    trigger = post.held.trigger
    if trigger is None or not title.office:
        return written
    lead = lang.table(WORDS + "lead")
    leader = next((lead[lemma] for lemma in sorted(lemmas_of(trigger) & lead.keys())), "")
    of = lang.table(WORDS + "seats").get(scene.cast.doc[title.start].lower_, "")
    return f"{leader} {of} {written}" if leader and of else written


def status(post: Post, scene: Scene) -> tuple[Modality, bool]:
    """Return how sure it is that somebody has a post, and whether it is over."""
    title, held, lang = post.title, post.held, scene.lang
    trigger = held.trigger
    if trigger is None:
        return ("Planned" if title.future else "Actual"), title.former or is_dated(post, scene)
    above = {way_of(node, lang) for node in governors(trigger)}
    if held.way in ("keep", "renew") or (held.way == "hold" and "keep" in above):
        return "Actual", False
    if held.way in ("leave", "hand", "dismiss", "partings"):
        return "Actual", assess(trigger, lang) == "Actual"
    if held.way == "decline":
        return "Denied", False
    if held.way == "seek" or "seek" in above or is_sought(trigger, scene):
        said = assess(trigger, lang)
        return ("Possible" if said == "Actual" else said), False
    words = {g.lower_ for c in trigger.children for g in (c, *c.children)}
    if words & lang.words("modality.no_longer") and words & lang.words("syntax.negations"):
        return "Actual", True
    if held.way == "hold" and words & lang.words("syntax.negators"):
        return "Denied", False
    past = held.way == "hold" and is_past(trigger, lang)
    said = assess(trigger, lang)
    called = {node.lemma_ for node in governors(trigger)} & lang.words(WORDS + "called")
    if (title.future or called) and said == "Actual":
        return "Planned", False
    return said, past or title.former or is_dated(post, scene)


def is_sought(verb: Token, scene: Scene) -> bool:
    """Tell whether somebody only stands for a post: 'favori pour diriger X'."""
    before = verb.doc[max(verb.i - SOUGHT, sentence_start(verb)) : verb.i]
    return any(t.lemma_.lower() in scene.lang.words(WORDS + "seekers") for t in before)


def is_past(verb: Token, lang: Language) -> bool:
    """Tell whether a state is told in a tense of the past: 'était', 'a dirigé', 'fut'."""
    if is_passive(verb, lang) and not any(c.dep_.startswith("aux") for c in verb.children):
        return False
    parts = [verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop")))]
    told = [
        t
        for t in parts
        if has(t, "Tense", "Past") or has(t, "Tense", "Imp") or is_imperfect(t, lang)
    ]
    if is_passive(verb, lang) or verb.pos_ not in ("VERB", "AUX"):
        told = [t for t in told if t != verb]
    return bool(told) and not any(has(t, "Mood", "Cnd") for t in parts)


def is_imperfect(verb: Token, lang: Language) -> bool:
    """Tell whether a verb has the endings of the imperfect, which the model may not see."""
    stems = {lemma.removesuffix("er") for lemma in lemmas_of(verb) if lemma.endswith("er")}
    return any(
        verb.lower_ == stem + end for stem in stems for end in lang.words(WORDS + "imperfect")
    )


def is_dated(post: Post, scene: Scene) -> bool:
    """Tell whether a role is said with when it ended: 'PDG de X jusqu'en 2019'."""
    doc = scene.cast.doc
    last = max([post.employer.end, *(r.end for r in post.employer.organizations)])
    if not post.title.start < last <= post.title.end + 12:
        return False
    after = [t.lower_ for t in doc[last : last + 5]]
    if after[:1] and after[0] in scene.lang.words(WORDS + "until"):
        return True
    years = [t for t in after if t.isdigit() and len(t) == 4]
    return len(years) == 2 and after[0] in ("de", "entre")
