// Sixth part: the legend, which tells what colours and lines mean, counts them, and filters.

const POINTS = {
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,0 16,8 8,16 0,8",
  hexagon: "4,1 12,1 16,8 12,15 4,15 0,8",
  triangle: "8,1 16,15 0,15",
  triangleDown: "0,1 16,1 8,15",
};

const MOST_SOURCES = 200; // a longer list is no reading

function draw(tag, attributes, ...children) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  shape.append(...children);
  return shape;
}

function picture(width, shape) {
  return draw("svg", { width, height: 16, viewBox: `0 0 ${width} 16`, "aria-hidden": "true" }, shape);
}

function symbol(group) {
  const paint = { fill: `var(--${group})`, stroke: "var(--outline)" };
  const points = POINTS[page.families[group]];
  return picture(16, points ? draw("polygon", { points, ...paint }) : draw("circle", { cx: 8, cy: 8, r: 7, ...paint }));
}

function stroke(line) {
  const dashes = page.lines[line].join(" ");
  return picture(30, draw("line", { x1: 0, y1: 8, x2: 30, y2: 8, stroke: `var(--${line})`, "stroke-width": 2, "stroke-dasharray": dashes }));
}

function tally(list, keysOf) {
  const counts = new Map();
  for (const item of list) for (const key of keysOf(item)) counts.set(key, (counts.get(key) || 0) + 1);
  return counts;
}

// A group of boxes to tick; a click on the word `only` leaves that one alone.
function choices(name, title, entries) {
  const group = make("fieldset", null, make("legend", title));
  for (const { key, words, mark, times } of entries) {
    const box = make("input");
    box.type = "checkbox";
    box.checked = !state.off[name].has(key);
    box.dataset.filter = `${name} ${key}`;
    box.addEventListener("change", () => {
      const off = new Set(state.off[name]);
      if (box.checked) off.delete(key);
      else off.add(key);
      go({ off: { ...state.off, [name]: off } });
    });
    const only = button(text("only"), () => {
      const others = entries.map((entry) => entry.key).filter((other) => other !== key);
      go({ off: { ...state.off, [name]: new Set(others) } });
    });
    only.setAttribute("aria-label", text("only") + text("colon") + words);
    group.append(classed("choice", make("div", null,
      make("label", null, box, mark || "", make("bdi", capital(words)), classed("count", make("span", number(times)))), only)));
  }
  return group;
}

function slider() {
  const scale = make("input");
  Object.assign(scale, { type: "range", min: 0, max: 100, step: 5, value: state.least, id: "least" });
  const told = make("output", percent(state.least / 100));
  scale.addEventListener("input", () => { told.textContent = percent(scale.value / 100); });
  scale.addEventListener("change", () => go({ least: Number(scale.value) }));
  scale.setAttribute("aria-label", text("least"));
  const line = classed("least", make("div", null, scale, told));
  return make("fieldset", null, make("legend", text("least")), line, faint(text("likely")));
}

function showLegend() {
  const box = at("legend");
  box.hidden = state.side !== "legend";
  if (box.hidden) return;
  const kept = document.activeElement?.dataset?.filter || document.activeElement?.id;
  const entries = (counts, order, make_) => order.filter((key) => counts.has(key)).map((key) => ({ key, times: counts.get(key), ...make_(key) }));
  const kinds = tally(drawnThings, ({ group }) => [group]);
  const lines = tally(facts, ({ line }) => [line]);
  const relations = tally(facts, ({ relation }) => [relation]);
  const sources = tally(facts, (fact) => fact.sources.map(String));
  const cited = [...sources.keys()].sort((one, other) => sources.get(other) - sources.get(one) || one - other).slice(0, MOST_SOURCES);
  const reset = button(text("reset"), () => go({ off: home().off, least: 0 }));
  reset.disabled = !state.least && FILTERS.every((name) => !state.off[name].size);
  box.replaceChildren(
    choices("kind", text("things"), entries(kinds, Object.keys(page.families), (key) => ({ words: label(key), mark: symbol(key) }))),
    choices("line", text("modality"), entries(lines, Object.keys(page.lines), (key) => ({ words: label(key), mark: stroke(key) }))),
    choices("relation", text("relations"), entries(relations, [...relations.keys()], (key) => ({ words: bare(label(key)) }))),
    slider(),
    choices("source", text("articles"), entries(sources, cited, (key) => ({ words: page.articles[key].title }))),
    classed("actions", make("p", null, reset)),
  );
  if (kept) [...box.querySelectorAll("input")].find((input) => (input.dataset.filter || input.id) === kept)?.focus();
}
