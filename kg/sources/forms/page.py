"""Web pages: the article, or the articles, in them; walls before one are told as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.names.key import fold
from kg.sources.dates.declared import choose_date
from kg.sources.forms.exports import END
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import (
    BLOCKS,
    SILENT,
    decode_page,
    drop_furniture,
    list_paragraphs,
    parse_page,
    plain_words,
)
from kg.sources.furniture.walls import ENDS, FEW, WALL, is_cut, tell_wall
from kg.sources.language import read_code
from kg.sources.paragraphs import name_furniture
from kg.sources.source import LARGEST, Draft, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html\b|head\b|body\b|article\b)",
    re.I | re.S,
)
#: Fewest words of articles by which a page is one of several.
LEAST = 30
#: Most of all words that one of several articles has: else the others are only announced.
MOST = 0.8
#: Paragraphs among which a page's title may stand once more.
ABOVE = 8
#: Elements that hold what stands beside an article.
ASIDE = SILENT - {"object"} | {"aside"}
BESIDE = re.compile(
    r"comment|share|social|tags?\b|related|\bnav|menu|footer|newsletter|promo|paywall|breadcrumb",
    re.IGNORECASE,
)
DATES = {"original_date": True, "extensive_search": False}


def read_page(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the articles of a web page; raise ArticleError where it holds none."""
    text = decode_page(source.read(LARGEST), source)
    yield from read_html(text, source)


def read_html(text: str, source: Source) -> Iterator[Draft]:
    """Yield the articles of a page's text; raise ArticleError where it holds none."""
    tree = parse_page(text, source.label)
    lang = find_language(tree)
    if any(END.fullmatch(words.strip()) for words in tree.itertext()):
        for footer in tree.iter("footer"):  # which numbers an export's article
            footer.tag = "div"
        yield Draft("\n\n".join(list_paragraphs(tree)), lang=lang)
        return
    if several := find_several(tree):
        known, _ = extract(tree, source.label)
        for at, article in enumerate(several, 1):
            part = draft_part(article, lang, f"{source.name}-{at}")
            yield replace(part, source=known.sitename or "")
        return
    known, extracted = extract(tree, source.label)
    title = " ".join((known.title or "").split()) or find_heading(tree)
    paragraphs = restore(choose_paragraphs(extracted, tree), tree, title)
    paragraphs = drop_above(title, paragraphs)
    shown = list_paragraphs(tree)
    if told := tell_wall(text, shown, [title, *paragraphs]):
        raise ArticleError(f"{source.label}: {told}")
    if is_cut(text, shown, paragraphs):
        source.options.note(f"{source.label}: only what stands before a paywall is read")
    yield Draft(
        join(title, paragraphs),
        title=title,
        published=choose_date(tree, text, known.date or ""),
        source=known.sitename or "",
        url=known.url or "",
        author=(known.author or "").replace(";", ","),
        lang=lang,
    )


def drop_above(title: str, paragraphs: list[str]) -> list[str]:
    """Return an article's paragraphs without its title, and without entries of menus above that.

    >>> drop_above("Fusion", ["Accueil", "Contact", "Fusion", "Un accord."])
    ['Un accord.']
    """
    for at, one in enumerate(paragraphs[:ABOVE]):
        if fold(one) == fold(title):
            return paragraphs[at + 1 :]
        if len(one.split()) > 4:
            break
    return paragraphs


def join(title: str, paragraphs: list[str]) -> str:
    """Return an article's text: its title, a blank line, its paragraphs."""
    body = "\n".join(paragraphs)
    return f"{title}\n\n{body}" if title else body


def extract(tree: HtmlElement, label: str) -> tuple[Any, list[str]]:
    """Return what trafilatura finds of a page: what is known of it, and its paragraphs."""
    import copy

    import trafilatura
    from trafilatura.settings import Document

    try:
        page: Any = trafilatura.bare_extraction(
            copy.deepcopy(tree), with_metadata=True, include_comments=False, include_tables=False,
            date_extraction_params=DATES,
        )  # fmt: skip
        known = page or trafilatura.extract_metadata(copy.deepcopy(tree), date_config=DATES)
    except RecursionError as error:
        raise ArticleError(f"{label}: nested too deeply; save its text as .txt") from error
    lines = (page.text or "").split("\n") if page else []
    return known or Document(), [" ".join(line.split()) for line in lines if line.strip()]


def choose_paragraphs(extracted: list[str], tree: HtmlElement) -> list[str]:
    """Return an article's paragraphs: what was extracted, or all of the page if that is no news."""
    news = list(drop_furniture(extracted))
    if sum(len(one.split()) for one in news) >= FEW or WALL.search(" ".join(extracted)):
        return news
    others = list(drop_furniture(list_paragraphs(tree)))
    return max(news, others, key=lambda them: sum(len(one.split()) for one in them))


def restore(paragraphs: list[str], tree: HtmlElement, title: str) -> list[str]:
    """Return an article's paragraphs with those that an extraction has lost.

    That are headings and items of lists that stand beside paragraphs, and what introduces the
    article, sentences between its headline and its first paragraph.
    """
    places = {fold(one): at for at, one in enumerate(paragraphs)}
    tags = ("p", "h1", "h2", "h3", "h4", "li", "div")
    parts = [(one, plain_words(one)) for one in tree.iter(*tags) if is_leaf(one)]
    homes = {one.getparent() for one, words in parts if one.tag == "p" and fold(words) in places}
    lost: dict[int, list[str]] = {}
    headed, cursor = False, -1
    for one, words in parts:
        if (key := fold(words)) in places:
            cursor = max(cursor, places[key])
        elif one.tag == "h1" or key == fold(title):
            headed = headed or key == fold(title)
        elif not (key and is_shown(one)) or name_furniture(words) or one.find(".//p") is not None:
            continue
        elif one.tag in ("p", "div"):
            if headed and cursor < 0 and len(words.split()) > 7 and words.endswith((".", "!", "?")):
                lost.setdefault(cursor, []).append(words)
        elif one.find(".//li") is None and (cursor >= 0 or one.tag != "li"):
            home = one.getparent() if one.tag != "li" else one.getparent().getparent()
            if home in homes:
                lost.setdefault(cursor, []).append(words)
    lost.pop(len(paragraphs) - 1, None)  # what stands below the last paragraph
    whole = lost.pop(-1, [])
    for at, paragraph in enumerate(paragraphs):
        whole += [paragraph, *lost.get(at, ())]
    return whole


def is_leaf(element: HtmlElement) -> bool:
    """Tell whether an element is a paragraph: a division is one if it holds no other block."""
    if element.tag != "div":
        return True
    return not any(one.tag in BLOCKS for one in element.iterdescendants())


def is_shown(element: HtmlElement) -> bool:
    """Tell whether an element's words are its own, no link's, and in no menu or box beside."""
    words, linked = plain_words(element), "".join(map(plain_words, element.iter("a")))
    above = [element, *element.iterancestors()]
    named = " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in above[:4])
    apart = ASIDE.isdisjoint(one.tag for one in above) and not BESIDE.search(named)
    return apart and len(linked) < 0.5 * len(words)


def find_language(tree: HtmlElement) -> str:
    """Return the language that a page says it is in, or ''."""
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    said = [tree.get("lang"), tree.get("xml:lang"), tree.get(xml)]
    for article in tree.xpath("//article[@lang]|//body[@lang]|//main[@lang]"):
        said.insert(0, article.get("lang"))
    for meta in tree.xpath("//meta[@http-equiv or @name or @property]"):
        name = (meta.get("http-equiv") or meta.get("name") or meta.get("property") or "").lower()
        if name in ("content-language", "language", "dc.language", "og:locale"):
            said.append(meta.get("content"))
    return next(filter(None, (read_code(word or "") for word in said)), "")


def find_heading(tree: HtmlElement) -> str:
    """Return a page's first heading."""
    heading = next(tree.iter("h1", "h2"), None)
    return "" if heading is None else plain_words(heading)


def find_several(tree: HtmlElement) -> list[HtmlElement]:
    """Return the articles of a page of several: alike, side by side, each with its heading."""
    beside: dict[Any, list[HtmlElement]] = {}
    for article in tree.iter("article"):
        outer = any(above.tag == "article" for above in article.iterancestors())
        if not outer and next(article.iter("h1", "h2", "h3", "h4"), None) is not None:
            beside.setdefault(article.getparent(), []).append(article)
    for group in beside.values():
        sizes = {one: sum(len(p.split()) for p in body_of(one)[1]) for one in group}
        whole = [one for one in group if sizes[one] >= LEAST]
        if len(whole) >= 2 and max(sizes.values()) <= MOST * sum(sizes.values()):
            return [one for one in group if one in whole or is_item(one)]
    return []


def is_item(article: HtmlElement) -> bool:
    """Tell whether a short element beside articles is one too: sentences, not the way to one."""
    paragraphs = body_of(article)[1]
    return sum(len(one.split()) for one in paragraphs) >= FEW and paragraphs[-1].endswith(ENDS)


def body_of(article: HtmlElement) -> tuple[str, list[str]]:
    """Return the heading of one of several articles, and its paragraphs."""
    heading = plain_words(next(article.iter("h1", "h2", "h3", "h4")))
    paragraphs = list(drop_furniture(list_paragraphs(article)))
    return heading, [one for one in paragraphs if fold(one) != fold(heading)]


def draft_part(article: HtmlElement, lang: str, key: str) -> Draft:
    """Make a draft of one of several articles on a page."""
    heading, paragraphs = body_of(article)
    moment = next(article.iter("time"), None)
    published = "" if moment is None else moment.get("datetime") or plain_words(moment)
    links = article.xpath(".//h1//a/@href|.//h2//a/@href|.//h3//a/@href|.//h4//a/@href")
    url = next((link for link in links if link.startswith(("http://", "https://"))), "")
    text = join(heading, paragraphs)
    return Draft(text, title=heading, published=published, url=url, lang=lang, key=key)


PAGE = Form(
    "web page", (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx"),
    lambda head: OPENING.match(head) is not None, read_page,
)  # fmt: skip
