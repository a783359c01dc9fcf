// Tenth part: names on the network. They are as large however near one is; hubs come first, and a
// name that would cover another waits until one comes nearer.

const FACE = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif';
let face = FACE; // a picture to publish has letters of its own
const LINE = 1.18, WRAP = 20, HALO = 4, GAP = 5; // of two names side by side, so that they do not read as one
const ALONG = [0.5, 0.4, 0.6, 0.3]; // where on its edge a relation's name may stand, best first
const widths = new Map();
const wrapped = new Map();
const ranked = [...drawnThings].sort((one, other) => weightOf(other) - weightOf(one) || one.id - other.id);

function wrap(words) {
  if (wrapped.has(words)) return wrapped.get(words);
  const lines = [""];
  for (const word of cut(words, 3 * WRAP).split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= WRAP && lines.length < 3) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  wrapped.set(words, lines.map((line) => cut(line, 1.6 * WRAP)));
  return wrapped.get(words);
}

const font = (size, bold) => `${bold ? "600 " : ""}${size}px ${face}`;

function widthOf(pen, words, size, bold) {
  const key = `${bold ? "b" : ""}${words}`;
  if (!widths.has(key)) {
    pen.font = font(100, bold);
    widths.set(key, pen.measureText(words).width / 100);
  }
  return widths.get(key) * size;
}

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

// Finds what names to write and where, in pixels of the window.
function placeLabels(pen, { scale, toWindow, width, height }) {
  const size = Math.round(13 * Math.min(1.25, Math.max(0.95, Math.sqrt(scale))) * 10) / 10;
  const inView = [], boxes = [], written = [], placed = []; // boxes: what is in the way; of these, written: names
  for (const thing of ranked) {
    if (!shown.things.has(thing.id) || (lit && !lit.things.has(thing.id))) continue; // what is faded has no name
    const spot = toWindow(thing);
    if (spot.x < -20 || spot.y < -20 || spot.x > width + 20 || spot.y > height + 20) continue;
    const radius = sizeOf(thing) * scale;
    inView.push({ thing, spot, radius });
  }
  const few = inView.length <= CROWD;
  const near = few ? inView : inView.slice(0, 700);
  if (few) boxes.push(...near.map(({ spot, radius }) => square(spot, radius))); // else a hub's name may cover others
  const chosen = chosenThings();
  const first = ({ thing }) => chosen.has(thing.id) || state.pins.has(thing.id);
  let left = few ? Infinity : 24 + 220 * Math.min(1, scale) ** 2; // calm from afar
  for (const item of [...inView.filter(first), ...near.filter((one) => !first(one))]) {
    if (left <= 0) break;
    const label = placeName(pen, item, { size, boxes, written, bold: first(item), edge: { width, height } });
    if (label) placed.push(label);
    if (label) left -= 1;
  }
  if (few || chosen.facts.size) placed.push(...placeTies(pen, { scale, toWindow, size: size - 1, boxes, written, chosen, few }));
  return placed;
}

const square = ({ x, y }, radius) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

// Below its node, or beside or above it where there is more room.
function placeName(pen, { thing, spot, radius }, { size, boxes, written, bold, edge }) {
  const lines = wrap(thing.name);
  const width = Math.max(...lines.map((line) => widthOf(pen, line, size, bold))), height = lines.length * size * LINE;
  const side = radius + 5 + width / 2, up = radius + 3 + height / 2;
  const spots = [[0, up], [side, 0], [-side, 0], [0, -up]];
  const places = spots.map(([dx, dy]) => {
    const x = spot.x + dx, y = spot.y + dy;
    const box = { left: x - width / 2 - GAP, right: x + width / 2 + GAP, top: y - height / 2, bottom: y + height / 2 };
    return { x, y, box, cutOff: box.left < 0 || box.right > edge.width || box.bottom > edge.height || box.top < 0 };
  });
  const free = (others) => ({ box }) => !others.some((other) => meet(box, other));
  // A chosen thing's name may cover nodes, but no other name.
  const place = places.filter(({ cutOff }) => !cutOff).find(free(boxes)) || (bold && places.find(free(written)));
  if (!place) return null;
  boxes.push(place.box);
  written.push(place.box);
  return { lines, x: place.x, y: place.y, size, bold };
}

// Relations' names at the middle of their edges or close by; what is said seldom first, as it tells most.
function placeTies(pen, { scale, toWindow, size, boxes, written, chosen, few }) {
  const times = tally(shown.facts, (fact) => [short(fact)]);
  const list = shown.facts.filter((fact) => fact.to !== undefined && (!lit || lit.facts.has(fact.id)) && (few || chosen.facts.has(fact.id)))
    .sort((one, other) => chosen.facts.has(other.id) - chosen.facts.has(one.id) || times.get(short(one)) - times.get(short(other)));
  const placed = [];
  for (const fact of list.slice(0, 500)) {
    const words = cut(short(fact), 34), bold = chosen.facts.has(fact.id);
    const from = toWindow(things[fact.from]), to = toWindow(things[fact.to]);
    const width = widthOf(pen, words, size, bold);
    const ends = (sizeOf(things[fact.from]) + sizeOf(things[fact.to])) * scale;
    if (fact.from !== fact.to && Math.hypot(to.x - from.x, to.y - from.y) < ends + (bold ? 0 : Math.min(width, 60)) + 14) continue;
    const spots = ALONG.map((share) => toWindow(pointOn(fact, share)));
    const box = ({ x, y }) => ({ left: x - width / 2 - 2, right: x + width / 2 + 2, top: y - size / 2 - 1, bottom: y + size / 2 + 1 });
    const free = (others) => (each) => !others.some((other) => meet(box(each), other));
    const spot = spots.find(free(boxes)) || (bold && spots.find(free(written)));
    if (!spot) continue;
    boxes.push(box(spot));
    written.push(box(spot));
    placed.push({ lines: [words], ...spot, size, bold, tie: true });
  }
  return placed;
}

function paintLabels(pen, labels) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = HALO;
  pen.strokeStyle = colour("ground");
  const ink = colour("text"), faintInk = colour("faint");
  for (const { lines, x, y, size, bold, tie } of labels) {
    pen.font = font(size, bold);
    pen.fillStyle = tie && !bold ? faintInk : ink;
    lines.forEach((line, place) => {
      const down = y + (place - (lines.length - 1) / 2) * size * LINE;
      pen.strokeText(line, x, down);
      pen.fillText(line, x, down);
    });
  }
}
