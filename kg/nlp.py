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
    from spacy.tokens import Doc

#: Where hurried copy forgets a space: 'lourds.BMW', 'monde."Nous', 'A/B'.
INFIXES = (r"(?<=[a-zà-ÿ0-9])[.!?](?=[A-ZÀ-Þ«\"])", r"[\"«»“”]", r"(?<=[A-Za-zÀ-ÿ])/(?=[A-Za-zÀ-ÿ])")
#: Articles parsed together; 32 measured fastest for its memory.
BATCH = 32


@cache
def load_pipeline(lang: str) -> Pipeline:
    """Load a language's model, once; raise ArticleError if it is not installed."""
    import spacy

    model = load_language(lang).model
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        package = model.replace("_", "-")
        raise ArticleError(f"the model {model} is missing; run: pip install {package}") from error
    infixes = [*(pipeline.Defaults.infixes or ()), *INFIXES]
    pipeline.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return pipeline


def parse_articles(articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Parse articles, in their order; a line break always ends a sentence."""
    for article in articles:
        pipeline = load_pipeline(article.lang)
        yield article, pipeline(split_lines(pipeline.make_doc(article.text)))


def split_lines(doc: Doc) -> Doc:
    """Begin a sentence after each line break, so that no headline runs into its article."""
    for token in doc[1:]:
        if "\n" in doc[token.i - 1].text_with_ws:
            token.is_sent_start = not token.is_space
    return doc
