// Eighth part: the dated facts that are shown, on a line.

const SLOTS = 48; // places on the line: what falls into one is one button

function moment(iso) {
  const found = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso);
  return found ? Number(found[1]) + ((found[2] || 1) - 1) / 12 + ((found[3] || 1) - 1) / 372 : NaN;
}

function showTimeline() {
  const strip = at("timeline");
  const dated = shown.facts.filter(({ date }) => !Number.isNaN(moment(date)));
  strip.hidden = !dated.length;
  if (strip.hidden) return;
  const moments = dated.map(({ date }) => moment(date));
  const first = moments.reduce((one, other) => Math.min(one, other)), last = moments.reduce((one, other) => Math.max(one, other));
  const share = (time) => (last > first ? (time - first) / (last - first) : 0.5);
  const slots = new Map();
  dated.forEach((fact, place) => {
    const slot = Math.round(share(moments[place]) * SLOTS);
    slots.set(slot, [...(slots.get(slot) || []), fact]);
  });
  const line = make("ol"), most = Math.max(...[...slots.values()].map((list) => list.length));
  for (const [slot, list] of [...slots].sort(([one], [other]) => one - other)) line.append(tick(slot, list, list.length / most));
  for (const year of years(first, last)) {
    const mark = classed("year", make("li", String(year)));
    mark.setAttribute("aria-hidden", "true");
    mark.style.left = `${share(year) * 100}%`;
    line.append(mark);
  }
  strip.replaceChildren(line);
}

// Days of one slot: a click tells of its only fact, or lists them.
function tick(slot, list, share) {
  const dates = list.map(({ date }) => date).sort();
  const days = [dates[0], dates.at(-1)];
  const words = [...new Set(days)].map(day).join(" – ");
  const open = button("", () => choose(list.length === 1 ? list[0] : { days }));
  open.setAttribute("aria-label", words + text("colon") + (list.length === 1 ? told(list[0]) : count(list.length, "fact")));
  open.title = open.getAttribute("aria-label");
  const size = `${Math.round(8 + 8 * Math.sqrt(share))}px`;
  Object.assign(open.style, { width: size, height: size });
  open.style.setProperty("--paint", `var(--${list.length === 1 ? list[0].line : "Actual"})`);
  const place = make("li", null, open);
  place.style.left = `${(slot / SLOTS) * 100}%`;
  return place;
}

// Round years, nine at most, between two moments.
function years(first, last) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => (last - first) / each <= 8) || 1000;
  const found = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) found.push(year);
  return found.length ? found : last > first ? [] : [Math.floor(first)];
}
