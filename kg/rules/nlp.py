"""A language's spaCy pipeline: text in, parsed `Doc` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from kg.errors import ArticleError
from kg.model import Article
from kg.rules.syntax import is_finite
from kg.values.language import Language, load_language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

#: Where hurried copy forgets a space: 'lourds.BMW', 'monde."Nous', 'A/B'.
INFIXES = (
    r"(?<=[a-zà-ÿ0-9])[.!?](?=[A-ZÀ-Þ«\"])",
    r"[\"«»“”]",
    r"(?<=[A-Za-zÀ-ÿ])/(?=[A-Za-zÀ-ÿ])",
    r"(?<=[a-zà-ÿ0-9])(?=[A-Z]['’])",
    r"[)\]](?=[.,;]?[\"«“”A-ZÀ-Þ])",
)
#: What ends a word after a bracket, a unit or a dash: '(ICO).', '350 kW.', 'AFP.-'.
SUFFIXES = (r"(?<=[)\]])[.,;]", r"(?<=[€$£¥])\.", r"(?<=[a-z][A-Z])\.", r"(?<=\.)[-–—•]+")
#: What begins a word after a dash that opens a paragraph: '-Hugo Maréval'.
PREFIXES = (r"[-–—](?=[A-ZÀ-Þ])",)
#: Blanks that do not break a line are read as plain ones, so that they are no words.
BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
#: What ends a sentence, and what may follow it before the sentence is over.
STOPS = frozenset({".", "!", "?", "…", "...", "?!"})
CLOSING = frozenset({"»", "”", ")", "]", "’", "!", "?", ".", "…"})


@cache
def load_pipeline(lang: str) -> Pipeline:
    """Load a language's model, once; raise ArticleError if it is not installed."""
    import spacy

    from kg.rules.weights import load_names

    model = load_language(lang).model
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        package = model.replace("_", "-")
        raise ArticleError(f"the model {model} is missing; run: pip install {package}") from error
    mend_tokenizer(pipeline, load_language(lang))
    add_lexicon(pipeline)
    return load_names(pipeline)


def add_lexicon(pipeline: Pipeline) -> None:
    """Let a vocabulary tell its language's words and verbs, and the lemmas of their forms."""
    tables: Any = pipeline.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index, lookups = tables.get_table("lemma_index"), cast(Any, pipeline.vocab.lookups)
    lookups.set_table("words", frozenset(chain.from_iterable(index.values())))
    lookups.set_table("verbs", frozenset(index["verb"]))
    lookups.set_table("lemmas", tables.get_table("lemma_lookup"))


def mend_tokenizer(pipeline: Pipeline, lang: Language) -> None:
    """Let a pipeline part what hurried copy writes as one word, and keep whole what is one."""
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    tokenizer: Any = pipeline.tokenizer
    dotted = {form for form in lang.words("names.legal_forms") if form.count(".") > 1}
    for word in sorted(lang.words("articles.elisions") | lang.hyphenated | dotted):
        tokenizer.add_special_case(word, [{"ORTH": word}])
    glued = "|".join(sorted(lang.words("articles.glued")))
    infixes = (*(pipeline.Defaults.infixes or ()), *INFIXES, rf"(?<=\w)(?=(?:{glued})(?!\w))")
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    suffixes = (*(pipeline.Defaults.suffixes or ()), *SUFFIXES)
    prefixes = (*(pipeline.Defaults.prefixes or ()), *PREFIXES)
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search


def parse_articles(articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Parse articles, in their order; a line break always ends a sentence."""
    for article in articles:
        pipeline = load_pipeline(article.lang)
        yield article, mend_verbs(pipeline(read_tokens(pipeline, article.text)))


def read_tokens(pipeline: Pipeline, text: str) -> Doc:
    """Return a text's tokens, at its offsets, and where its sentences begin."""
    return mark_sentences(pipeline.make_doc(text.translate(BLANKS)))


def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences begin: after a full stop or a line break, nowhere else.

    The model's parser, left to itself, breaks French press sentences at names and commas.
    """
    opened = True
    for token in doc:
        opened = opened or is_glued(token)
        token.is_sent_start = opened and not token.is_space and token.text not in CLOSING
        if token.is_space:
            opened = opened or "\n" in token.text
        elif token.text in STOPS or ends_with_form(token):
            opened = True
        elif token.text not in CLOSING:
            opened = False
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if opened and following is not None and goes_on(following) and "\n" not in token.text:
            opened = following.text in CLOSING
    return doc


def mend_verbs(doc: Doc) -> Doc:
    """Let the verb be one that a model does not see: 'Orvane entre au capital', 'Orvane cède la'.

    It is a verb's form right after a name, in a sentence that has no other finite verb.
    """
    lookups = cast(Any, doc.vocab.lookups)
    verbs, lemmas = lookups.get_table("verbs", ()), lookups.get_table("lemmas", {})
    for sentence in doc.sents:
        if any(token.pos_ in ("VERB", "AUX") and is_finite(token) for token in sentence):
            continue
        for token in sentence[1:-1]:
            word = token.lower_
            found = [v for v in (*lemmas.get(word, ()), f"{word}r") if v in verbs]
            if found and is_missed_verb(token):
                token.pos_, token.lemma_ = "VERB", found[0]
                cast(Any, token).set_morph("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")
                break
    return doc


def is_missed_verb(token: Token) -> bool:
    """Tell whether a word stands between a name and what a verb's object begins with."""
    before, following = token.nbor(-1), token.nbor()
    if before.text == "," and before.i > before.sent.start:  # 'X, filiale de Y, compte 500'
        before = before.nbor(-1)
    named = before.ent_type_ or before.pos_ == "PROPN"
    opens = following.pos_ in ("DET", "NUM") or following.lower_ in ("à", "au", "aux", "dans", "en")
    known = token.pos_ in ("NOUN", "ADJ", "ADP") and token.text.islower() and not token.ent_type_
    return bool(known and opens and named and before.text[0].isupper())


def is_glued(token: Token) -> bool:
    """Tell whether a word begins a sentence right after another word, with no space between."""
    before = token.nbor(-1) if token.i else token
    return not before.whitespace_ and before.text[-1].isalnum() and token.text[0].isupper()


def ends_with_form(token: Token) -> bool:
    """Tell whether the dot of a legal form ends a sentence, too: 'Orvane S.A. Le contrat'."""
    if token.text.count(".") < 2 or token.i + 1 == len(token.doc):
        return False
    lang, following = load_language(token.lang_), token.nbor()
    plain = following.text.istitle() and following.lower_ in lang.words("names.common")
    return plain and token.text in lang.words("names.legal_forms")


def goes_on(token: Token) -> bool:
    """Tell whether a token after a full stop still belongs to the sentence."""
    return token.text in CLOSING or (not token.is_space and token.text[0].islower())
