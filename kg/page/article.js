// Fifth part: an article's text, with all that it names and all that proves a fact marked.

const reader = at("article");
let spots = []; // stretches of the text that mean something: element, thing, facts
let read = null; // the article that is shown

// Where an article's mentions and pieces of evidence begin and end.
function spansOf(number) {
  const spans = page.articles[number].mentions.map(([begin, end, id]) => ({ begin, end, thing: things[id] }));
  for (const fact of facts) {
    for (const [article, , begin, end] of fact.evidence) if (article === number) spans.push({ begin, end, fact });
  }
  return spans.sort((one, other) => one.begin - other.begin);
}

function showArticle(force) {
  reader.hidden = state.side !== "article";
  if (reader.hidden || !page.articles.length) return;
  if (read === state.article && !force) return;
  read = state.article;
  spots = [];
  const article = page.articles[read], spans = spansOf(read);
  const blocks = blocksOf(article), titled = spaced(blocks[0]?.characters.join("")) === article.title;
  const title = titled ? paragraph(blocks[0], spans, "h2") : make("h2", article.title);
  const body = make("div");
  body.lang = article.lang || "";
  body.dir = "auto";
  for (const block of titled ? blocks.slice(1) : blocks) body.append(paragraph(block, spans, "p"));
  const about = faint([article.author, article.source, day(article.published || "")].filter(Boolean).join(", "));
  if (article.url) about.append(" ", link(article.url, article.url));
  reader.replaceChildren(chooser(), title, about, article.text ? "" : faint(text("noText")), body);
  reader.scrollTop = 0;
}

const spaced = (words = "") => words.trim().replace(/\s+/g, " ");

function chooser() {
  const choice = make("select");
  choice.setAttribute("aria-label", text("article"));
  page.articles.forEach(({ title }, number) => {
    const option = make("option", cut(title, 90));
    option.value = number;
    option.selected = number === read;
    choice.append(option);
  });
  choice.hidden = page.articles.length < 2;
  choice.addEventListener("change", () => go({ article: Number(choice.value) }));
  return choice;
}

// A paragraph in pieces: a new one wherever a span begins or ends.
function paragraph(block, spans, tag) {
  const from = block.begin, to = endOf(block);
  const inside = spans.filter(({ begin, end }) => begin < to && end > from);
  const cuts = [...new Set([from, to, ...inside.flatMap(({ begin, end }) => [begin, end])])]
    .filter((place) => place >= from && place <= to).sort((one, other) => one - other);
  const line = make(tag);
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const words = block.characters.slice(cuts[i] - from, cuts[i + 1] - from).join("");
    const over = inside.filter(({ begin, end }) => begin <= cuts[i] && end >= cuts[i + 1]);
    line.append(over.length ? spot(words, over, cuts[i]) : words);
  }
  return line;
}

function spot(words, over, from) {
  const element = make("span", words);
  const thing = over.find((span) => span.thing)?.thing;
  const proves = over.filter((span) => span.fact).map((span) => span.fact);
  element.className = [thing ? `mention ${thing.group}` : "", proves.length ? "proof" : ""].join(" ");
  element.title = thing ? thing.name : told(proves[0]);
  if (thing || over.some(({ begin }) => begin === from)) element.tabIndex = 0; // one stop for each, not for each piece
  element.setAttribute("role", "button");
  const act = () => choose(thing || proves[(proves.indexOf(state.select) + 1) % proves.length]); // again: the next fact
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  spots.push({ element, thing, proves });
  return element;
}

// Marks what is selected in the text, and brings it into view.
function markArticle() {
  const { select } = state;
  if (reader.hidden) return;
  const list = select?.relation ? select.sources : select?.mentions || [];
  if (list.length && !list.includes(state.article)) {
    state.article = list[0];
    showArticle();
  }
  let first = null;
  for (const { element, thing, proves } of spots) {
    const on = Boolean(select) && (thing === select || proves.includes(select));
    element.classList.toggle("on", on);
    if (on) first ??= element;
  }
  if (!first || reader.contains(document.activeElement)) return; // who clicks in the text stays there
  const box = first.getBoundingClientRect(), frame = reader.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) reader.scrollTop += box.top - frame.top - frame.height / 3;
}
