// Fourth part: the panel, which tells of what is selected.

const panel = at("panel");
const AROUND = 480; // characters of a paragraph before and after the sentence

// The paragraph of a piece of evidence: its sentence stands out, its words are marked.
function quote(group) {
  const { article, begin, end, block } = passage(group[0]);
  const piece = (from, to) => block.characters.slice(Math.max(0, from - block.begin), Math.max(0, to - block.begin)).join("");
  const sentence = classed("sentence", make("span"));
  let place = begin;
  for (const [, , from, to] of [...group].sort((one, other) => one[2] - other[2])) {
    sentence.append(piece(place, Math.max(place, from)), make("mark", piece(Math.max(place, from), to)));
    place = Math.max(place, to);
  }
  sentence.append(piece(place, end));
  const from = Math.max(block.begin, begin - AROUND), to = Math.min(endOf(block), end + AROUND);
  const before = (from > block.begin ? "…" : "") + piece(from, begin), after = piece(Math.max(place, end), to) + (to < endOf(block) ? "…" : "");
  const box = make("blockquote", null, around(before), sentence, around(after));
  box.lang = article.lang || "";
  box.dir = "auto";
  return box;
}

const around = (words) => classed("around", make("span", words));

function quotes(fact) {
  const groups = new Map();
  for (const found of fact.evidence) {
    const key = `${found[0]} ${found[1]}`;
    groups.set(key, [...(groups.get(key) || []), found]);
  }
  return [...groups.values()].map(quote);
}

function source(article) {
  const rest = [article.source, day(article.published || "")].filter(Boolean).join(", ");
  return make("span", null, link(article.url, article.title), rest ? ` (${rest})` : "");
}

function openThing(id) {
  return button(cut(nameOf(id), LONGEST), () => choose(things[id]));
}

function openArticle(number) {
  const title = page.articles[number].title;
  const open = button(text("readArticle"), () => go({ side: "article", article: number }));
  open.title = title;
  return open;
}

// How sure a fact is; what only a query says, with no sentence, is neither sure nor unsure.
function sureness(fact) {
  if (!fact.evidence.length) return "";
  const confidence = make("span", percent(fact.confidence), make("meter"));
  confidence.lastChild.value = fact.confidence;
  confidence.lastChild.setAttribute("aria-hidden", "true");
  confidence.title = text("likely");
  return confidence;
}

const LISTED = 60, MORE = 300; // facts of one relation that the panel lists at first, and that one asks for more of

function factList(list) {
  const groups = new Map();
  for (const fact of list) (groups.get(fact.relation) || groups.set(fact.relation, []).get(fact.relation)).push(fact);
  return [...groups].flatMap(([name, group]) => [make("h3", `${capital(bare(label(name)))} (${number(group.length)})`), factItems(group)]);
}

function factItems(group) {
  const items = make("ul"), add = (from, to) => items.append(...group.slice(from, to).map((fact) => make("li", null, button(listed(fact), () => choose(fact)))));
  const more = classed("actions", make("p", null, button(text("more"), () => {
    const from = items.children.length;
    add(from, from + MORE);
    more.hidden = items.children.length >= group.length;
    items.children[from].firstChild.focus();
  })));
  add(0, LISTED);
  more.hidden = group.length <= LISTED;
  return make("div", null, items, more);
}

function thingPanel(thing) {
  const links = make("div");
  for (const address of thing.links) links.append(link(address, address), make("br"));
  const act = classed("actions", make("p"));
  if (thing.facts.length) {
    act.append(
      button(text("near1"), () => go({ focus: [thing.id, 1], path: null })),
      button(text("near2"), () => go({ focus: [thing.id, 2], path: null })),
      button(text("pathTo"), () => startPath(thing.id)),
      button(text("layoutAround"), () => go({ layout: "around", centre: thing.id })),
      button(text("hide"), () => go({ hide: new Set([...state.hide, thing.id]), select: null })),
    );
    if (network && thing.x !== undefined) act.append(pinButton(thing.id));
  }
  if (page.home && !page.scheme) act.append(pageLink(thing));
  return [
    heading(thing.name),
    classed("kind", make("p", null, symbol(thing.group), capital(label(thing.kind)))),
    rows([[text("aliases"), thing.aliases.join(" · ")], [text("links"), thing.links.length ? links : ""]]),
    act,
    ...factList(thing.facts.filter(passes)),
  ];
}

// Where an explorer shows this page: its page of the thing.
function pageLink({ iri }) {
  const element = make("a", text("thingPage"));
  element.href = `${page.home}thing?${new URLSearchParams({ of: iri, lang: state.lang })}`;
  return element;
}

// A pinned thing stays where it is, whatever the layout.
function pinButton(id) {
  const pins = new Map(state.pins), was = pins.delete(id);
  return button(text(was ? "unpin" : "pin"), () => go({ pins: was ? pins : new Map([...pins, pinOf(id)]) }));
}

function pathPanel([start, end]) {
  const title = heading(`${calledOf(start)} → ${calledOf(end)}`);
  if (!shown.facts.length) return [title, make("p", text("noPath"))];
  const order = [...shown.facts].sort((one, other) => stepOf(one) - stepOf(other));
  const steps = make("ol");
  for (const fact of order) steps.append(make("li", null, button(told(fact), () => choose(fact))));
  return [title, faint(count(shown.near.size - 1, "step")), steps];
}

const stepOf = ({ from, to }) => Math.min(shown.near.get(from), shown.near.get(to));

function daysPanel({ days: [first, last], line }) {
  const list = shown.facts.filter((fact) => ofDays(fact, { days: [first, last], line }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
  const items = make("ul");
  for (const fact of list) items.append(make("li", null, faint(day(fact.date)), button(told(fact), () => choose(fact))));
  return [heading((first === last ? day(first) : `${day(first)} – ${day(last)}`) + (line ? text("colon") + label(line) : "")), items];
}

// Whether a fact is of some days; and of one modality, where one is asked for.
const ofDays = ({ date, line }, { days: [first, last], line: wanted }) => date && date >= first && date <= last && (!wanted || line === wanted);

const MANY = 12; // articles that the panel lists; the legend and the reader have them all

function wholePanel() {
  const lone = page.lone.filter(({ id }) => !state.off.kind.has(things[id].group));
  const also = classed("inline", make("p"));
  for (const { id } of lone.sort((one, other) => one.label.localeCompare(other.label, state.lang))) also.append(openThing(id), " ");
  return [
    ...(page.scheme ? schemeWords() : [make("h2", text(page.articles.length > 1 ? "articles" : "article"))]),
    ...[...page.articles].sort((one, other) => ((one.published || "") < (other.published || "") ? 1 : -1)).slice(0, MANY).map((article) => make("p", null, source(article))),
    page.articles.length > MANY ? faint(`… (${number(page.articles.length)})`) : null,
    nodes.length && !page.scheme ? classed("faint hint", make("p", text("hint"))) : null,
    leftOut() ? faint(leftOut()) : null,
    ...movedList(),
    ...factList(shown.facts),
    ...(lone.length ? [make("h3", `${text("also")} (${lone.length})`), also] : []),
  ];
}

// What the graph has and no line shows: what nothing is said of, and deals, which the lines between their parties tell.
function leftOut() {
  const { deals, parts } = page.left, lone = page.scheme ? 0 : page.lone.length;
  const words = [...(lone ? [`${count(lone, "thing")} ${text("unlinked")}`] : []),
    ...(deals ? [`${count(deals, "deal")} (${countClaims(parts)}, ${text("saidAgain")})`] : [])];
  return words.length ? text("leftOut") + text("colon") + words.join(", ") + "." : "";
}

// What a vocabulary of somebody's is, and how much it defines.
function schemeWords() {
  const { form, kinds } = page.scheme;
  return [make("h2", text({ skos: "schemeSkos", owl: "schemeOwl", data: "schemeData" }[form])),
    make("p", Object.entries(kinds).map(([kind, times]) => count(times, kind)).join(" · ")), faint(text(form === "data" ? "dataHint" : "schemeHint"))];
}

function heading(...words) {
  const title = make("h2", null, ...words.map((part) => (typeof part === "string" ? cut(part, LONGEST) : part)));
  title.tabIndex = -1;
  const close = button("×", () => go({ select: null }));
  close.setAttribute("aria-label", text("close"));
  return classed("heading", make("div", null, title, state.select ? close : null));
}

// On a phone, what folds the sheet that tells of all.
function foldButton() {
  const close = button("×", showPanel);
  close.setAttribute("aria-label", text("close"));
  close.id = "fold";
  return close;
}

function showPanel() {
  const had = panel.contains(document.activeElement);
  const { select, path } = state;
  panel.replaceChildren(...(select?.days ? daysPanel(select) : select?.facts ? thingPanel(select) : select ? claimPanel(select)
    : path ? pathPanel(path) : wholePanel()).filter(Boolean));
  if (!select && !path) panel.prepend(foldButton());
  panel.scrollTop = 0;
  document.body.classList.toggle("open", Boolean(select || path)); // on a phone, the sheet comes up
  at("spoken").textContent = select || path ? panel.querySelector("h2").textContent : ""; // the rest is read by who goes there
  if (had) panel.querySelector("h2")?.focus();
}
