"""A language's spaCy pipeline: text in, parsed `Doc` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.language import load_language
from kg.model import Article

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

#: Where hurried copy forgets a space: 'lourds.BMW', 'monde."Nous', 'A/B'.
INFIXES = (
    r"(?<=[a-zà-ÿ0-9])[.!?](?=[A-ZÀ-Þ«\"])",
    r"[\"«»“”]",
    r"(?<=[A-Za-zÀ-ÿ])/(?=[A-Za-zÀ-ÿ])",
)
#: What ends a sentence, and what may follow it before the sentence is over.
STOPS = frozenset({".", "!", "?", "…", "...", "?!"})
CLOSING = frozenset({"»", "”", ")", "]", "’", "!", "?", ".", "…"})


@cache
def load_pipeline(lang: str) -> Pipeline:
    """Load a language's model, once; raise ArticleError if it is not installed."""
    import spacy

    from kg.weights import load_names

    model = load_language(lang).model
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        package = model.replace("_", "-")
        raise ArticleError(f"the model {model} is missing; run: pip install {package}") from error
    for word in sorted(load_language(lang).words("articles.elisions")):
        pipeline.tokenizer.add_special_case(word, [{"ORTH": word}])  # type: ignore[union-attr]
    infixes = [*(pipeline.Defaults.infixes or ()), *INFIXES]
    finder = spacy.util.compile_infix_regex(infixes).finditer
    pipeline.tokenizer.infix_finditer = finder  # type: ignore[union-attr]
    return load_names(pipeline)


def parse_articles(articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Parse articles, in their order; a line break always ends a sentence."""
    for article in articles:
        pipeline = load_pipeline(article.lang)
        yield article, pipeline(mark_sentences(pipeline.make_doc(article.text)))


def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences begin: after a full stop or a line break, nowhere else.

    The model's parser, left to itself, breaks French press sentences at names and commas.
    """
    opened = True
    for token in doc:
        token.is_sent_start = opened and not token.is_space and token.text not in CLOSING
        if token.is_space:
            opened = opened or "\n" in token.text
        elif token.text in STOPS:
            opened = True
        elif token.text not in CLOSING:
            opened = False
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if opened and following is not None and goes_on(following) and "\n" not in token.text:
            opened = following.text in CLOSING
    return doc


def goes_on(token: Token) -> bool:
    """Tell whether a token after a full stop still belongs to the sentence."""
    return token.text in CLOSING or (not token.is_space and token.text[0].islower())
