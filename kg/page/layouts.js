// Part of the drawing: other ways to lay out what is shown: around one thing, by ownership, by time.

const TIER = 150, COLUMN = 190, ROW = 70;
const OWNS = { acquired: 1, holdsStakeIn: 1, subsidiaryOf: -1 }; // whether its subject owns or is owned

// Parent and child of a fact that says who owns whom; nothing of any other.
function ownersOf({ relation: name, from, to }) {
  if (!OWNS[name] || to === undefined || from === to) return null;
  return OWNS[name] > 0 ? [from, to] : [to, from];
}

const byWeight = (one, other) => weightOf(things[other]) - weightOf(things[one]) || one - other;

// The thing in the middle: the chosen one, or else the weightiest that is shown.
// The middle of rings is what was chosen, else what has most facts; a place that much happens in only where there is nothing else.
const isPlace = (id) => Number(things[id].group === "Place");
const middleOf = () => (shown.things.has(state.centre) ? state.centre : [...shown.things].filter((id) => things[id].x !== undefined).sort((one, other) => isPlace(one) - isPlace(other) || byWeight(one, other))[0]);

// Rings by steps from the middle, each in the order of the ring inside it; what no way leads to is outermost.
function circles() {
  const middle = middleOf();
  if (middle === undefined) return [];
  const { steps, before } = walk(shown.facts, middle);
  const last = [...steps.values()].at(-1) + 1, placed = [[middle, { x: 0, y: 0 }]], angles = new Map([[middle, 0]]);
  let radius = 0;
  for (let step = 1; step <= last; step += 1) {
    const ids = [...shown.things].filter((id) => (steps.get(id) ?? last) === step);
    if (!ids.length) continue;
    ids.sort((one, other) => (angles.get(before.get(one)) ?? 0) - (angles.get(before.get(other)) ?? 0) || byWeight(one, other));
    radius = reach(ids, radius + 170);
    for (const [place, [id, point]] of ring(ids, radius, { x: 0, y: 0 }, -Math.PI).entries()) {
      angles.set(id, place / ids.length);
      placed.push([id, point]);
    }
  }
  return placed;
}

// Parents above what they own: each under its weightiest parent; many without children stand in rows.
function tiers() {
  const parents = new Map(), children = new Map();
  for (const [parent, child] of shown.facts.map(ownersOf).filter(Boolean)) {
    parents.set(child, [...(parents.get(child) || []), parent]);
    children.set(parent, [...(children.get(parent) || []), child]);
  }
  const places = new Map(), ids = [...shown.things].sort(byWeight);
  let column = 0;
  const place = (id, tier) => {
    places.set(id, { x: 0, y: tier * TIER });
    const own = [...new Set(children.get(id) || [])].filter((child) => !places.has(child)).sort(byWeight);
    const leaves = own.filter((child) => !children.has(child)), first = column;
    for (const child of own) if (children.has(child) && !places.has(child)) place(child, tier + 1);
    const wide = leaves.length > 8 ? Math.ceil(1.5 * Math.sqrt(leaves.length)) : leaves.length;
    leaves.forEach((child, order) => places.set(child, { x: (column + (order % wide)) * COLUMN, y: (tier + 1) * TIER + Math.floor(order / wide) * ROW }));
    column = Math.max(column + wide, first + 1);
    places.get(id).x = ((first + column - 1) / 2) * COLUMN;
  };
  for (const id of ids) if (!parents.has(id)) place(id, 0);
  for (const id of ids) if (!places.has(id)) place(id, 0); // who own each other in a circle
  return [...places];
}

const dateOf = (fact) => fact.date || fact.said.map(({ published }) => published).filter(Boolean).sort()[0] || "";
let axis = null; // of the layout by time: the first and last moment, and how wide it is

// From left to right by when a thing is first told of; what has no date stands at the left.
function byTime() {
  const first = new Map();
  for (const fact of shown.facts) {
    const time = moment(dateOf(fact));
    for (const id of [fact.from, fact.to]) if (id !== undefined && !Number.isNaN(time)) first.set(id, Math.min(time, first.get(id) ?? Infinity));
  }
  const times = [...first.values()].sort((one, other) => one - other), least = times[0], most = times.at(-1);
  axis = times.length ? { least, most, width: Math.max(900, 60 * Math.sqrt(times.length) * 4) } : null;
  if (!axis) return []; // all stay where they are, which the notice says
  const x = (id) => (first.has(id) ? (axis.width * (first.get(id) - least)) / (most - least || 1) : -260);
  const lanes = [], placed = [];
  for (const id of [...shown.things].sort((one, other) => x(one) - x(other) || byWeight(one, other))) {
    let lane = lanes.findIndex((end) => end <= x(id) - 150);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = x(id);
    placed.push([id, { x: x(id), y: ROW * (lane % 2 ? -(lane + 1) / 2 : lane / 2) }]);
  }
  return placed;
}

// Round years as upright lines; where the window has no room for their names they have none.
function axisMarks({ toWindow }) {
  if (state.layout !== "timeline" || !axis) return [];
  const { least, most, width } = axis;
  return years(least, most).map((year) => ({ year: String(year), x: toWindow({ x: (width * (year - least)) / (most - least || 1), y: 0 }).x }));
}

function paintAxis(pen, view) {
  pen.strokeStyle = colour("rule");
  pen.fillStyle = colour("faint");
  pen.lineWidth = 1;
  pen.font = font(12, false);
  pen.textAlign = "center";
  for (const { year, x } of axisMarks(view)) {
    pen.beginPath();
    pen.moveTo(x, 22);
    pen.lineTo(x, view.height);
    pen.stroke();
    pen.fillText(year, x, 14);
  }
}

const LAID = { around: circles, ownership: tiers, timeline: byTime };
