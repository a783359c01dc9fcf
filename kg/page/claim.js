// Part of the panel: a claim, with all who say it, when and in which words, and how it moved.

const SAID = 30; // facts that the panel tells of at once

function claimPanel(fact) {
  const one = fact.said.length === 1 ? fact.said[0] : null;
  return [
    heading(openThing(fact.from), ` ${relation(fact)} `, fact.to === undefined ? "" : openThing(fact.to), mood(fact)),
    ...(one ? saidQuotes(one) : []),
    rows([
      [text("modality"), status(fact)], [text("standing"), fact.evidence.length ? voicesOf(fact) : ""],
      ...(fact.said.length > 1 ? figures(fact) : qualifiers(fact)), [text("by"), fact.by],
      [text("confidence"), sureness(fact)],
      ...(one ? fact.sources.map((number) => [text("article"), source(page.articles[number])]) : []),
    ]),
    ...historyOf(fact),
    ...(one ? [] : voicesList(fact)),
  ];
}

// What is told of it beside the mouse: how it stands, and the latest who puts it so.
function tipOf(fact) {
  const said = qualifiers(fact).map(([term, value]) => term + text("colon") + value);
  if (fact.by) said.push(`${text("by")} ${fact.by}`);
  const last = fact.said.findLast((one) => one.line === fact.line) || fact;
  return [make("strong", cut(told(fact), 300)), ...quotes(last), faint([status(fact), voicesOf(fact), ...said].join(" · ")),
    ...fact.sources.slice(0, 1).map((number) => faint(source(page.articles[number]).textContent)),
    fact.sources.length > 1 ? faint(`+ ${count(fact.sources.length - 1, "article").toLocaleLowerCase(state.lang)}`) : ""];
}

// What its facts add: where they differ each is told, the latest first; none is averaged.
function figures(fact) {
  const found = new Map();
  for (const one of [...fact.said].reverse()) {
    for (const [term, value] of qualifiers(one)) found.set(term, (found.get(term) || new Set()).add(value));
  }
  return [...found].map(([term, values]) => [term, [...values].join(" · ")]);
}

const putting = (one) => label(one.modality) + (one.line === "Over" ? ` · ${text("over")}` : "");

// How it moved: what was said when, by whom; one that never moved has no steps.
function stepsOf({ said }) {
  if (said.length < 2) return [];
  const steps = new Map();
  for (const one of said) {
    const key = `${one.published} ${putting(one)}`;
    const step = steps.get(key) || steps.set(key, { date: one.published, words: putting(one), line: one.line, articles: new Set(), said: new Set() }).get(key);
    step.articles.add(one.article);
    step.said.add(one.iri);
  }
  return new Set([...steps.values()].map(({ words }) => words)).size < 2 ? [] : [...steps.values()];
}

const tellStep = ({ date, words, articles }) => `${day(date) || text("undated")}${text("colon")}${words} (${count(articles.size, "article").toLocaleLowerCase(state.lang)})`;

function historyOf(fact) {
  const steps = stepsOf(fact);
  if (!steps.length) return [];
  return [make("h3", text("history")), classed("history", make("ol", null, ...steps.map((step) => make("li", null, glyph(step.line), make("span", tellStep(step))))))];
}

// Claims that moved, each with how: the latest first.
function movedList() {
  const list = findStories().slice(0, MANY).map((fact) => {
    const open = button(told(fact), () => { choose(fact); centre(); });
    open.append(classed("faint", make("span", ` ${[...new Set(stepsOf(fact).map(({ words }) => words))].join(" → ")}`)));
    return make("li", null, open);
  });
  return list.length ? [make("h3", text("moved")), make("ul", null, ...list)] : [];
}

// Brings who put a claim so into view, and the keyboard there.
function showVoice(iris) {
  const head = [...panel.querySelectorAll(".said")].find(({ iri }) => iris.has(iri));
  head?.scrollIntoView({ block: "start" });
  head?.focus({ preventScroll: true });
}

// Who says it, the latest first; copies of one wire are told once, with who else has them.
function voicesList(fact) {
  const groups = new Map();
  for (const one of [...fact.said].reverse()) {
    const { voice } = page.articles[one.article] || {};
    const key = voice === undefined ? one.iri : `${voice} ${one.line}`;
    groups.set(key, [...(groups.get(key) || []), one]);
  }
  const list = [...groups.values()], box = make("div");
  const show = (most) => {
    const more = button(text("more"), () => show(most + SAID));
    more.hidden = list.length <= most;
    box.replaceChildren(...list.slice(0, most).flatMap(tellVoice), classed("actions", make("p", null, more)));
  };
  show(SAID);
  return [make("h3", `${text("whoSays")} (${number(fact.said.length)})`), box];
}

function tellVoice([one, ...copies]) {
  const told = [putting(one), percent(one.confidence), ...(one.by ? [`${text("by")} ${one.by}`] : []),
    ...qualifiers(one).map(([term, value]) => term + text("colon") + value)];
  const article = page.articles[one.article];
  const head = Object.assign(classed("said", make("p", null, article ? source(article) : text("undated"))), { iri: one.iri, tabIndex: -1 });
  const also = copies.map((copy) => page.articles[copy.article].source || page.articles[copy.article].title);
  return [head, faint(told.join(" · ")), ...saidQuotes(one), also.length ? faint(text("copies") + text("colon") + also.join(" · ")) : null].filter(Boolean);
}

function saidQuotes(one) {
  return [...quotes(one), classed("actions", make("p", null, one.article < 0 ? null : openArticle(one.article)))];
}
