// Sixth part: the legend, which tells what colours and lines mean, counts them, and filters.

const POINTS = {
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,0 16,8 8,16 0,8",
  hexagon: "4,1 12,1 16,8 12,15 4,15 0,8",
  triangle: "8,1 16,15 0,15",
  triangleDown: "0,1 16,1 8,15",
};

const ROWS = 8; // of a group at most; the rest is ticked as one, and each alone is chosen from a list

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

// The mark of a modality in lists and on the timeline; none needs its colour to be told from the others.
const GLYPHS = {
  Actual: () => draw("circle", { cx: 8, cy: 8, r: 6.5, fill: "var(--Actual)" }),
  Planned: () => draw("circle", { cx: 8, cy: 8, r: 5.5, fill: "none", stroke: "var(--Planned)", "stroke-width": 2.5 }),
  Possible: () => draw("path", { d: "M3.5 5.5C3.5 -.5 12.5 -.5 12.5 5.5C12.5 9 8 8 8 11.5M8 13V15.6", fill: "none", stroke: "var(--Possible)", "stroke-width": 2.5 }),
  Denied: () => draw("path", { d: "M2.5 2.5L13.5 13.5M13.5 2.5L2.5 13.5", fill: "none", stroke: "var(--Denied)", "stroke-width": 3 }),
  Over: () => draw("rect", { x: 2, y: 2, width: 12, height: 12, fill: "var(--Over)" }),
};
const glyph = (line, size = 14) => draw("svg", { width: size, height: size, viewBox: "0 0 16 16", "aria-hidden": "true", "data-glyph": line }, GLYPHS[line]());

// The mark where a line begins, which tells how its voices go together.
function endMark(standing) {
  const ink = "var(--Actual)";
  const mark = standing === "Agreed" ? draw("circle", { cx: 6, cy: 8, r: 4.5, fill: ink })
    : draw("line", { x1: 5, y1: 1, x2: 5, y2: 15, stroke: ink, "stroke-width": standing === "Disputed" ? 3.5 : 0 });
  return picture(30, draw("g", {}, draw("line", { x1: 5, y1: 8, x2: 30, y2: 8, stroke: ink, "stroke-width": 2 }), mark));
}

function tally(list, keysOf) {
  const counts = new Map();
  for (const item of list) for (const key of keysOf(item)) counts.set(key, (counts.get(key) || 0) + 1);
  return counts;
}

// A group of boxes to tick; a click on the word `only` leaves that one alone.
function choices(name, title, entries) {
  const group = make("fieldset", null, make("legend", title));
  const most = entries.length > ROWS ? ROWS - 1 : ROWS, rest = entries.slice(most);
  for (const entry of entries.slice(0, most)) group.append(choice(name, entries, entry));
  if (rest.length) {
    const others = { keys: rest.map(({ key }) => key), words: `${number(rest.length)} ${text("others")}`, times: rest.reduce((sum, { times }) => sum + times, 0) };
    group.append(choice(name, entries, others), pickOne(name, title, entries, rest));
  }
  return group;
}

const leaveAlone = (name, entries, kept) => go({ off: { ...state.off, [name]: new Set(entries.map(({ key }) => key).filter((key) => !kept.includes(key))) } });

function choice(name, entries, { key, keys = [key], words, mark, times }) {
  const box = make("input");
  box.type = "checkbox";
  const on = keys.filter((each) => !state.off[name].has(each)).length;
  box.checked = on > 0;
  box.indeterminate = on > 0 && on < keys.length;
  box.dataset.filter = `${name} ${keys[0]}`;
  box.addEventListener("change", () => {
    const off = new Set(state.off[name]);
    for (const each of keys) if (box.checked) off.delete(each); else off.add(each);
    go({ off: { ...state.off, [name]: off } });
  });
  const only = button(text("only"), () => leaveAlone(name, entries, keys));
  only.setAttribute("aria-label", text("only") + text("colon") + words);
  return classed("choice", make("div", null,
    make("label", null, box, mark || "", make("bdi", capital(words)), classed("count", make("span", number(times)))), only));
}

function pickOne(name, title, entries, rest) {
  const list = make("select", null, make("option", `${text("only")}…`), ...rest.map(({ key, words }) => {
    const option = make("option", cut(words, 60));
    option.value = `=${key}`;
    return option;
  }));
  list.setAttribute("aria-label", title + text("colon") + text("only"));
  list.addEventListener("change", () => leaveAlone(name, entries, [list.value.slice(1)]));
  return list;
}

// The facts that all filters but one leave.
const leftBut = (name) => facts.filter((fact) => passes(fact, name));

// Publishers, periods or countries: the most told first, periods the newest first; one alone is no choice.
function grouped(name, title) {
  const times = tally(facts, (fact) => fact[name]), left = tally(leftBut(name), (fact) => fact[name]);
  const order = [...times.keys()].sort((one, other) => (one === "") - (other === "")
    || (name === "period" ? (one < other ? 1 : -1) : times.get(other) - times.get(one) || (one < other ? -1 : 1)));
  const words = (key) => (key === "" ? text(`no_${name}`) : name === "period" ? day(key) : name === "country" ? label(key) : key);
  return order.length < 2 ? null : choices(name, title, order.map((key) => ({ key, words: words(key), times: left.get(key) || 0 })));
}

function hiddenList() {
  if (!state.hide.size) return null;
  const list = classed("inline", make("p"));
  for (const id of state.hide) {
    list.append(button(cut(nameOf(id), 60), () => go({ hide: new Set([...state.hide].filter((other) => other !== id)) })), " ");
  }
  return make("fieldset", null, make("legend", text("hidden")), list);
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
  const entries = (name, order, make_) => {
    const all = tally(facts, (fact) => [fact[name]]), left = tally(leftBut(name), (fact) => [fact[name]]);
    return (order || [...all.keys()].sort((one, other) => all.get(other) - all.get(one))).filter((key) => all.has(key))
      .map((key) => ({ key, times: left.get(key) || 0, ...make_(key) }));
  };
  const kinds = new Set(drawnThings.map(({ group }) => group)), told = new Set(leftBut("kind").flatMap(({ from, to }) => [from, to]));
  const times = tally(drawnThings.filter(({ id }) => told.has(id)), ({ group }) => [group]);
  const reset = button(text("reset"), () => go({ off: home().off, least: 0, hide: new Set() }));
  reset.disabled = !state.least && !state.hide.size && FILTERS.every((name) => !state.off[name].size);
  box.replaceChildren(
    choices("kind", text("things"), Object.keys(page.families).filter((key) => kinds.has(key)).map((key) => ({ key, times: times.get(key) || 0, words: label(key), mark: symbol(key) }))),
    ...(page.scheme ? [] : [choices("line", text("modality"), entries("line", Object.keys(page.lines), (key) => ({ words: label(key), mark: classed("mark", make("span", null, glyph(key, 12), stroke(key))) }))),
    choices("standing", text("standing"), entries("standing", page.standings, (key) => ({ words: label(key), mark: endMark(key) })))]),
    choices("relation", text("relations"), entries("relation", null, (key) => ({ words: bare(label(key)) }))),
    ...(page.scheme ? [] : [slider()]),
    ...[grouped("publisher", text("publishers")), grouped("period", text("periods")), grouped("country", text("countries")), hiddenList()].filter(Boolean),
    classed("actions", make("p", null, reset)),
  );
  if (kept) [...box.querySelectorAll("input")].find((input) => (input.dataset.filter || input.id) === kept)?.focus();
}
