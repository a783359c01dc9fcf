// Second part: the panel's facts and things, and the legend.

function quotes(fact) {
  const marks = new Map();
  for (const [number, begin, end] of fact.evidence) marks.set(number, [...(marks.get(number) || []), [begin, end]]);
  return [...marks].map(([number, spans]) => quote(page.sentences[number], spans));
}

function quote(sentence, spans) {
  const block = make("blockquote");
  const characters = Array.from(sentence.text); // offsets count characters, not UTF-16 units
  let at = 0;
  for (const [begin, end] of spans.sort((a, b) => a[0] - b[0])) {
    block.append(characters.slice(at, Math.max(at, begin)).join(""));
    block.append(make("mark", characters.slice(Math.max(at, begin), end).join("")));
    at = Math.max(at, end);
  }
  block.append(characters.slice(at).join(""));
  block.lang = page.articles[sentence.article]?.lang || "";
  return block;
}

function sources(fact) {
  const numbers = new Set(fact.evidence.map(([number]) => page.sentences[number].article));
  return [...numbers].filter((number) => number in page.articles).map((number) => source(page.articles[number]));
}

function source(article) {
  const rest = [article.source, day(article.published)].filter(Boolean).join(", ");
  const line = make("div", null, link(article.url, article.title));
  if (rest) line.append(` (${rest})`);
  return line;
}

function showFact(edge) {
  const { fact } = edge;
  panel.replaceChildren(
    make("h2", told(edge)),
    ...quotes(fact),
    rows([
      [texts.modality, status(fact)], ...qualifiers(fact), [texts.by, fact.by],
      [texts.confidence, percent(fact.confidence)], [texts.rule, fact.rule],
      ...sources(fact).map((line) => [texts.source, line]),
    ]),
  );
  panel.scrollTop = 0;
}

function factList(list) {
  const groups = new Map();
  for (const edge of list) groups.set(edge.fact.relation, [...(groups.get(edge.fact.relation) || []), edge]);
  return [...groups].flatMap(([name, group]) => {
    const items = make("ul");
    for (const edge of group) {
      const button = make("button", listed(edge));
      button.type = "button";
      button.addEventListener("click", () => select(edge));
      items.append(make("li", null, button));
    }
    return [make("h3", `${capital(bare(label(name)))} (${group.length})`), items];
  });
}

// Things

const valuesOf = (node) => node.thing.values.map((fact) => ({ from: node.id, fact }));

function showThing(node) {
  const { thing } = node;
  const about = edges.filter((edge) => edge.from === node.id || edge.to === node.id);
  const links = make("div");
  for (const address of thing.links) links.append(link(address, address), make("br"));
  panel.replaceChildren(
    make("h2", thing.name),
    faint(capital(label(thing.kind))),
    rows([[texts.aliases, thing.aliases.join(" · ")], [texts.links, thing.links.length ? links : ""]]),
    ...factList([...valuesOf(node), ...about]),
  );
  panel.scrollTop = 0;
}

function showWhole() {
  const all = [...nodes.flatMap(valuesOf), ...edges];
  panel.replaceChildren(
    ...page.articles.map((article) => make("p", null, source(article))),
    faint(`${texts.things} : ${nodes.length} · ${texts.facts} : ${all.length}`),
  );
  if (nodes.length) panel.append(faint(texts.hint));
  if (page.lone.length) panel.append(make("h3", texts.also), make("p", page.lone.join(", ")));
  panel.append(...factList(all.slice(0, 500))); // longer lists are no reading
  panel.scrollTop = 0;
}

function select(item) {
  if (item.fact) showFact(item);
  else showThing(item);
  if (item.id === undefined) return;
  if (item.fact) network.setSelection({ nodes: [], edges: [item.id] }, { highlightEdges: false });
  else network.setSelection({ nodes: [item.id], edges: [] });
}

// Legend

const POINTS = {
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,0 16,8 8,16 0,8",
  hexagon: "4,1 12,1 16,8 12,15 4,15 0,8",
  triangle: "8,1 16,15 0,15",
  triangleDown: "0,1 16,1 8,15",
};

function draw(tag, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  return shape;
}

function entry(width, shape, item) {
  const picture = draw("svg", { width, height: 16, "aria-hidden": "true" });
  picture.append(shape);
  const line = make("li", null, picture, make("bdi", capital(item.label)), make("span", item.count));
  line.dataset.id = item.id;
  return line;
}

function showLegend() {
  const legend = document.getElementById("legend");
  for (const item of page.families) {
    const paint = { fill: `var(--${item.id})`, stroke: "var(--outline)" };
    const shape = POINTS[item.shape]
      ? draw("polygon", { points: POINTS[item.shape], ...paint })
      : draw("circle", { cx: 8, cy: 8, r: 7.5, ...paint });
    legend.append(entry(16, shape, item));
  }
  for (const item of page.lines) {
    const stroke = { stroke: `var(--${item.id})`, "stroke-width": 2, "stroke-dasharray": item.dashes.join(" ") };
    legend.append(entry(34, draw("line", { x1: 0, y1: 8, x2: 34, y2: 8, ...stroke }), item));
  }
}
