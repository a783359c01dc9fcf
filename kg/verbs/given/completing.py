"""What a shell completes where a word is one of a few: questions, relations, classes, syntaxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import typer


def complete_question(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ready questions that begin so, with what they answer.

    >>> [name for name, _ in complete_question("partners-o")]
    ['partners-of']
    """
    from kg.ask.questions import list_queries

    for question in list_queries():
        if question.name.startswith(incomplete):
            yield question.name, question.answers


def complete_relation(incomplete: str) -> list[str]:
    """Return the relations that begin so.

    >>> complete_relation("comp")
    ['competesWith']
    """
    from kg.ontology import relations

    return begin(relations(), incomplete)


def complete_name_or_class(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the classes that begin so, where a class is what a verb asks for."""
    from kg.graph.terms import FOLDERS

    return begin(FOLDERS, incomplete) if ctx.info_name == "class" else []


def complete_below(*kinds: str) -> Callable[[str], list[str]]:
    """Return what completes the names of classes, and of those below them.

    >>> complete_below("Place", "Market")("C")
    ['Country', 'City']
    """

    def complete(incomplete: str) -> list[str]:
        from kg.ontology import classes, is_a

        return begin((it for it in classes() if any(is_a(it, kind) for kind in kinds)), incomplete)

    return complete


def complete_syntax(incomplete: str) -> list[str]:
    """Return the syntaxes of a graph's file that begin so.

    >>> complete_syntax("n")
    ['nt', 'nq', 'n3']
    """
    from kg.store.given.syntaxes import FORMATS

    return begin(FORMATS, incomplete)


def complete_modality(incomplete: str) -> list[str]:
    """Return the modalities that begin so.

    >>> complete_modality("p")
    ['planned', 'possible']
    """
    from kg.ask.questions import MODALITIES

    return begin(map(str.lower, MODALITIES), incomplete)


def complete_lang(incomplete: str) -> list[str]:
    """Return the languages that begin so.

    >>> complete_lang("f")
    ['fr']
    """
    from kg.sources.language import READ

    return begin(READ, incomplete)


def begin(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the words that begin so.

    >>> begin(["ttl", "trig", "nq"], "t")
    ['ttl', 'trig']
    """
    return [word for word in words if word.startswith(incomplete)]
