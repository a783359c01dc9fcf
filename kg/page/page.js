"use strict";
// Whatever comes from an article goes into the page by textContent alone: it never becomes markup.
(() => {
  const { page, nodes, edges, options } = JSON.parse(document.getElementById("data").textContent);
  const { texts, labels, lang } = page;
  const panel = document.getElementById("panel");
  const tip = document.getElementById("tip");
  const byId = (items) => new Map(items.map((item) => [item.id, item]));
  const things = byId(nodes), facts = byId(edges);
  const crowded = new Set();
  let network = null;

  // Elements

  function make(tag, text, ...children) {
    const element = document.createElement(tag);
    if (text !== null && text !== undefined) element.textContent = text;
    element.append(...children);
    return element;
  }

  function faint(text) {
    const line = make("p", text);
    line.className = "faint";
    return line;
  }

  function link(address, text) {
    if (!/^https?:\/\//.test(address)) return make("bdi", text);
    const element = make("a", text);
    element.href = address;
    element.rel = "noopener noreferrer";
    element.target = "_blank";
    return element;
  }

  function rows(pairs) {
    const list = make("dl");
    for (const [term, value] of pairs) {
      if (value === "" || value === undefined) continue;
      list.append(make("dt", capital(term)), make("dd", null, value instanceof Node ? value : make("bdi", value)));
    }
    return list;
  }

  // Words

  const label = (name) => labels[name] || name;
  const bare = (text) => text.replace(/ \(%\)$/, ""); // the number brings its own sign
  const capital = (text) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
  const percent = (number) => new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 2 }).format(number);

  function day(text) {
    const [, year, month, date] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) || [];
    if (!month) return text;
    const shape = { year: "numeric", month: "long", timeZone: "UTC" };
    if (date) shape.day = "numeric";
    return new Intl.DateTimeFormat(lang, shape).format(new Date(Date.UTC(year, month - 1, date || 1)));
  }

  function money(amount, currency) {
    const shape = { notation: "compact", maximumFractionDigits: 3 };
    if (/^[A-Z]{3}$/.test(currency)) Object.assign(shape, { style: "currency", currency });
    return new Intl.NumberFormat(lang, shape).format(amount);
  }

  function qualifiers(fact) {
    const { amount, currency, ...rest } = fact.qualifiers;
    const pairs = Object.entries(rest).map(([name, text]) => {
      if (name === "share") return [bare(label(name)), percent(text / 100)];
      return [label(name), name === "date" || name === "asOf" ? day(text) : text];
    });
    if (amount) pairs.unshift([label("amount"), money(amount, currency)]);
    return pairs;
  }

  const status = (fact) => label(fact.modality) + (fact.ended ? " · " + texts.ended : "");
  const relation = (fact) => {
    if (fact.value) return `${bare(label(fact.relation))} ${percent(fact.value / 100)}`;
    return label(fact.relation);
  };
  const nameOf = (id) => things.get(id).thing.name;
  const told = (edge) => [nameOf(edge.from), relation(edge.fact), ...(edge.to === undefined ? [] : [nameOf(edge.to)])]
    .join(" — ");
  const listed = (edge) => (edge.to === undefined ? told(edge) : [nameOf(edge.from), edge.arrows ? "→" : "–", nameOf(edge.to)].join(" "))
    + (edge.fact.value && edge.to !== undefined ? ` : ${percent(edge.fact.value / 100)}` : "")
    + (edge.fact.qualifiers.role ? ` : ${edge.fact.qualifiers.role}` : "")
    + (edge.fact.modality === "Actual" && !edge.fact.ended ? "" : ` (${status(edge.fact)})`);

  // Facts

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
      return [make("h3", `${capital(label(name))} (${group.length})`), items];
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

  // Network

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  function theme() {
    const groups = {};
    for (const { id } of page.families) {
      const paint = { background: colour(id), border: colour("outline") };
      groups[id] = {
        color: { ...paint, highlight: { ...paint, border: colour("accent") }, hover: { ...paint, border: colour("accent") } },
        font: { color: colour("text"), background: colour("ground"), strokeColor: colour("ground") },
      };
    }
    return groups;
  }

  const HIDDEN = { color: "transparent", strokeColor: "transparent" };

  function styled(edge) {
    const paint = colour(edge.fact.ended ? "Ended" : edge.fact.modality);
    return {
      ...edge,
      label: edge.fact.value ? percent(edge.fact.value / 100) : edge.label,
      color: { color: paint, highlight: colour("accent"), hover: colour("accent") },
      font: crowded.has(edge.id) ? HIDDEN : { color: colour("faint"), strokeColor: colour("ground") },
      chosen: { label: reveal },
    };
  }

  function reveal(values) {
    values.color = colour("text");
    values.strokeColor = colour("ground");
  }

  // Finds the labels of edges that would cover a name or another label: these show when
  // chosen only. What is said seldom goes first.
  function findCrowded() {
    const boxes = nodes.map(({ id }) => {
      const text = network.body.nodes[id].labelModule.size;
      return { ...network.getBoundingBox(id), bottom: text.top + text.height + 4 };
    });
    const count = {};
    for (const { fact } of edges) count[fact.relation] = (count[fact.relation] || 0) + 1;
    const common = ({ fact }) => (fact.value || fact.qualifiers.role ? 0 : count[fact.relation]);
    for (const { id } of [...edges].sort((one, other) => common(one) - common(other))) {
      const { left, top, width, height } = network.body.edges[id].labelModule.size;
      const box = { left: left - 3, top: top - 3, right: left + width + 3, bottom: top + height + 3 };
      if (boxes.some((other) => meet(box, other))) crowded.add(id);
      else boxes.push(box);
    }
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  function showTip(at, ...children) {
    tip.replaceChildren(...children);
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const { right, bottom } = document.getElementById("network").getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(at.clientX + 14, right - width - 8)) + "px";
    tip.style.top = Math.max(4, Math.min(at.clientY + 14, bottom - height - 8)) + "px";
  }

  function hover(event) {
    if (network.getSelectedEdges().includes(event.edge)) return; // the panel says it already
    const { fact } = facts.get(event.edge);
    const said = qualifiers(fact).map(([term, text]) => `${term} : ${text}`);
    if (fact.by) said.push(`${texts.by} ${fact.by}`);
    showTip(event.event, make("strong", told(facts.get(event.edge))), ...quotes(fact),
      faint([status(fact), ...said].join(" · ")), ...sources(fact).map((line) => faint(line.textContent)));
  }

  function listen() {
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      tip.hidden = true;
      if (node !== undefined) showThing(things.get(node));
      else if (edge !== undefined) showFact(facts.get(edge));
      else showWhole();
    });
    network.on("hoverEdge", hover);
    network.on("hoverNode", ({ node, event }) => {
      const { thing } = things.get(node);
      showTip(event, make("strong", thing.name), faint(capital(label(thing.kind))));
    });
    for (const event of ["blurEdge", "blurNode", "dragStart", "zoom"]) network.on(event, () => { tip.hidden = true; });
    const whole = document.getElementById("whole");
    whole.hidden = false;
    whole.addEventListener("click", () => {
      network.unselectAll();
      network.fit();
      showWhole();
    });
  }

  function showNetwork() {
    const drawn = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges.map(styled)) };
    network = new vis.Network(document.getElementById("network"), drawn, { ...options, groups: theme() });
    let fitted = true;
    const fit = () => network.fit({ maxZoomLevel: 1.3 });
    network.on("resize", () => { if (fitted) fit(); });
    for (const event of ["zoom", "dragStart"]) network.on(event, () => { fitted = false; });
    fit();
    for (let times = 0; times < 2; times += 1) network.redraw(); // boxes are right once drawn twice
    findCrowded();
    drawn.edges.update(edges.map(styled));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      network.setOptions({ groups: theme() });
      drawn.nodes.update(nodes);
      drawn.edges.update(edges.map(styled));
    });
    listen();
  }

  showLegend();
  if (nodes.length) showNetwork();
  showWhole();
  window.pressgraph = { network, select }; // for who looks from the console, and for the tests
})();
