// Eighth part: the dated facts that are shown, on a line; and how a story moved, step by step.

const TARGET = 26; // pixels that each place on the line takes: what falls into one is one button for each modality
const STORIES = 3, AT_FIRST = 2; // that the strip tells of; the panel lists more

function moment(iso) {
  const found = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso);
  return found ? Number(found[1]) + ((found[2] || 1) - 1) / 12 + ((found[3] || 1) - 1) / 372 : NaN;
}

function showTimeline() {
  const strip = at("timeline"), kept = strip.contains(document.activeElement) ? document.activeElement.dataset.tick : null;
  const dated = shown.facts.filter(({ date }) => !Number.isNaN(moment(date)));
  const stories = state.select || !dated.length ? findStories().slice(0, state.select ? STORIES : AT_FIRST) : [];
  strip.hidden = !dated.length && !stories.length;
  if (strip.hidden) return;
  strip.replaceChildren(...stories.map(tellStory), ...(dated.length ? [line_(dated)] : []));
  if (kept) [...strip.querySelectorAll("button")].find(({ dataset }) => dataset.tick === kept)?.focus();
}

// Claims that moved, of what is selected or of all that is shown, the one that moved last first.
function findStories() {
  const { select } = state;
  const list = !select ? shown.facts : select.relation ? [select] : (select.facts || []).filter(passes);
  const last = (fact) => stepsOf(fact).reduce((one, { date }) => (date > one ? date : one), "");
  return list.filter((fact) => stepsOf(fact).length).map((fact) => [last(fact), fact])
    .sort(([one, a], [other, b]) => (one < other ? 1 : one > other ? -1 : a.id - b.id)).map(([, fact]) => fact);
}

// A story from left to right: each step by its mark, its day and how it was put; a click shows who put it so.
function tellStory(fact) {
  const list = make("ol");
  list.setAttribute("aria-label", told(fact));
  for (const step of stepsOf(fact)) {
    const open = button("", () => { choose(fact); showVoice(step.said); });
    open.append(glyph(step.line), make("span", `${day(step.date) || text("undated")}${text("colon")}${step.words}`));
    if (step.articles.size > 1) open.append(classed("count", make("span", `× ${number(step.articles.size)}`)));
    open.title = tellStep(step);
    open.dataset.tick = `${fact.id} ${step.date} ${step.words}`;
    list.append(make("li", null, open));
  }
  return classed("story", make("div", null, make("p", cut(told(fact), 120)), list));
}

// The line of dated facts: years below it, and above each day a mark for each modality.
function line_(dated) {
  const places = Math.max(6, Math.floor((at("timeline").parentElement.clientWidth - 68) / TARGET));
  const moments = dated.map(({ date }) => moment(date));
  const first = moments.reduce((one, other) => Math.min(one, other)), last = moments.reduce((one, other) => Math.max(one, other));
  const share = (time) => (last > first ? (time - first) / (last - first) : 0.5);
  const slots = new Map();
  dated.forEach((fact, place) => {
    const slot = Math.round(share(moments[place]) * places);
    const kinds = slots.get(slot) || slots.set(slot, new Map()).get(slot);
    kinds.set(fact.line, [...(kinds.get(fact.line) || []), fact]);
  });
  const ordered = [...slots].sort(([one], [other]) => one - other)
    .map(([slot, kinds]) => [slot, Object.keys(page.lines).filter((name) => kinds.has(name)).map((name) => kinds.get(name))]);
  const most = Math.max(...ordered.flatMap(([, stack]) => stack.map((list) => list.length)));
  const line = classed("days", make("ol"));
  line.style.height = `${32 + TARGET * Math.max(...ordered.map(([, stack]) => stack.length))}px`;
  for (const [slot, stack] of ordered) stack.forEach((list, level) => line.append(tick(list, { left: slot / places, level, size: list.length / most })));
  for (const year of years(first, last)) {
    const mark = classed("year", make("li", String(year)));
    mark.setAttribute("aria-hidden", "true");
    mark.style.left = `${share(year) * 100}%`;
    line.append(mark);
  }
  return line;
}

// Days of one slot, of one modality: a click tells of their only fact, or lists them.
function tick(list, { left, level, size }) {
  const dates = list.map(({ date }) => date).sort();
  const days = [dates[0], dates.at(-1)];
  const words = [...new Set(days)].map(day).join(" – ");
  const open = button("", () => choose(list.length === 1 ? list[0] : { days, line: list[0].line }));
  open.append(glyph(list[0].line, Math.round(11 + 8 * Math.sqrt(size))));
  const named = list.length === 1 ? told(list[0]) : count(list.length, tie);
  const way = ` (${label(list[0].line)})`;
  open.setAttribute("aria-label", `${words}${text("colon")}${named}${named.endsWith(way) ? "" : way}`);
  open.title = open.getAttribute("aria-label");
  open.dataset.tick = `${list[0].line} ${dates[0]}`;
  const place = make("li", null, open);
  place.style.left = `${left * 100}%`;
  place.style.bottom = `${24 + TARGET * level}px`;
  return place;
}

// Round years, nine at most, between two moments.
function years(first, last) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => (last - first) / each <= 8) || 1000;
  const found = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) found.push(year);
  return found.length ? found : last > first ? [] : [Math.floor(first)];
}

addEventListener("resize", () => showTimeline());
