// Part of the map: what stands out before the ground: an island, what is around a thing, a path, or
// what is selected with its neighbours; and all names.

const FADED = 0.12, MOST_DRAWN = 1500; // facts of a scene; of a hub with more, the surest
const BOW = 0.16, THICKET = 120; // lines from which on each is thin
const widthOfLine = (voices) => Math.min(7, 1.8 + 1.3 * Math.log2(Math.max(1, voices))); // as the small page has it
let scene = { things: new Set(), facts: [], places: new Map(), close: false };
let asked = 0, stale = true, written = [];

const placeOf = (id) => scene.places.get(id) || things[id];

// What stands out, and where; what is unfolded has the window for itself.
function setScene() {
  const { select } = state, unfolded = state.path || state.focus || state.island !== null || state.layout;
  const places = new Map(LAID[state.layout] ? LAID[state.layout]() : state.path ? line() : state.focus ? rings(state.focus) : []);
  for (const [id, place] of unfolded ? state.pins : []) places.set(id, place);
  const list = unfolded ? shown.facts : select?.relation ? [select] : select?.facts ? select.facts.filter(passes) : [];
  const facts = list.filter(({ to }) => to !== undefined).sort((a, b) => b.confidence - a.confidence).slice(0, MOST_DRAWN);
  const all = new Set(unfolded ? shown.things : facts.flatMap(({ from, to }) => [from, to]));
  if (select?.facts) all.add(select.id);
  scene = { things: all, facts, places, close: Boolean(unfolded), bows: bowsOf(facts) };
  ground.hidden = scene.close;
  ground.style.opacity = all.size ? 0.35 : 1;
  requestScene();
}

// How far each of several lines between the same two things bows out.
function bowsOf(list) {
  const pairs = new Map(), bows = new Map();
  for (const fact of list) {
    const key = fact.from < fact.to ? `${fact.from} ${fact.to}` : `${fact.to} ${fact.from}`;
    (pairs.get(key) || pairs.set(key, []).get(key)).push(fact);
  }
  for (const group of pairs.values()) {
    group.forEach((fact, place) => bows.set(fact.id, (place - (group.length - 1) / 2) * Math.min(1, 6 / group.length) * (fact.from < fact.to ? 1 : -1)));
  }
  return bows;
}

// A line's ends in the window, and the point that draws it aside; of a thing to itself, a loop.
function curve(fact) {
  const from = toWindow(placeOf(fact.from)), to = toWindow(placeOf(fact.to)), bow = scene.bows.get(fact.id) * BOW * 2;
  return { from, to, by: { x: (from.x + to.x) / 2 + (to.y - from.y) * bow, y: (from.y + to.y) / 2 - (to.x - from.x) * bow } };
}

const pointOn = ({ from, by, to }, share) => {
  const rest = 1 - share, mix = (a, b, c) => rest * rest * a + 2 * rest * share * b + share * share * c;
  return { x: mix(from.x, by.x, to.x), y: mix(from.y, by.y, to.y) };
};

// What stays bright where something is selected in a scene: it and what is next to it.
function bright() {
  const { select } = state;
  if (!select || select.days) return null;
  const list = select.relation ? [select] : scene.facts.filter(({ from, to }) => from === select.id || to === select.id);
  return { facts: new Set(list), things: new Set([...list.flatMap(({ from, to }) => [from, to]), ...(select.facts ? [select.id] : [])]) };
}

// How large things are in a scene: of many, each is small.
const nearness = () => Math.min(1, Math.max(scene.things.size > CROWD ? 0.3 : 0.5, camera.scale));

function drawScene(pen = fitCanvas(front)) {
  const lit = bright();
  paintAxis(pen, { toWindow, height: camera.height });
  for (const fact of scene.facts) drawFact(pen, fact, lit && !lit.facts.has(fact));
  const radius = (thing) => Math.max(thing === state.select ? 6 : 3.5, scene.close ? sizeOf(thing) * nearness() : radiusOf(thing));
  for (const id of scene.things) drawThing(pen, things[id], { radius: radius(things[id]), faded: lit && !lit.things.has(id) });
  pen.globalAlpha = 1;
  written = placeNames(pen, lit, radius);
  paintNames(pen, written);
}

function drawFact(pen, fact, faded) {
  if (fact.from === fact.to) return;
  const way = curve(fact), chosen = fact === state.select || fact === hovered;
  if (!inWindow(way.from, camera.width) && !inWindow(way.to, camera.width)) return;
  const many = scene.facts.length > THICKET && !chosen; // a hub's lines would be one blot
  pen.globalAlpha = faded ? FADED : many ? 0.55 : 1;
  pen.strokeStyle = pen.fillStyle = colour(fact.line);
  pen.lineWidth = (chosen ? 2 : many ? 0.6 : 1) * widthOfLine(fact.voices);
  pen.setLineDash(page.lines[fact.line]);
  pen.beginPath();
  pen.moveTo(way.from.x, way.from.y);
  pen.quadraticCurveTo(way.by.x, way.by.y, way.to.x, way.to.y);
  pen.stroke();
  pen.setLineDash([]);
  const away = (id) => 2 + Math.max(3.5, scene.close ? sizeOf(things[id]) * nearness() : radiusOf(things[id]));
  if (fact.directed) drawHead(pen, way, away(fact.to));
  else drawMark(pen, fact.standing, { by: way.by, end: way.to }, away(fact.to));
  drawMark(pen, fact.standing, { by: way.by, end: way.from }, away(fact.from));
}

// Where a line begins, how its voices go together: a dot where they agree, a bar where they do not.
function drawMark(pen, standing, { by, end }, away) {
  if (standing === "Reported" || Math.hypot(end.x - by.x, end.y - by.y) < away) return;
  const angle = Math.atan2(end.y - by.y, end.x - by.x), x = end.x - (away + 3) * Math.cos(angle), y = end.y - (away + 3) * Math.sin(angle);
  pen.beginPath();
  if (standing === "Agreed") {
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  pen.lineWidth = 3;
  pen.moveTo(x - 7 * Math.sin(angle), y + 7 * Math.cos(angle));
  pen.lineTo(x + 7 * Math.sin(angle), y - 7 * Math.cos(angle));
  pen.stroke();
}

function drawHead(pen, { by, to }, away) {
  const angle = Math.atan2(to.y - by.y, to.x - by.x), x = to.x - away * Math.cos(angle), y = to.y - away * Math.sin(angle);
  if (Math.hypot(to.x - by.x, to.y - by.y) < away) return;
  pen.beginPath();
  pen.moveTo(x, y);
  for (const turn of [0.42, -0.42]) pen.lineTo(x - 9 * Math.cos(angle + turn), y - 9 * Math.sin(angle + turn));
  pen.fill();
}

function drawThing(pen, thing, { radius, faded }) {
  const spot = toWindow(placeOf(thing.id));
  if (!inWindow(spot, 60)) return;
  pen.globalAlpha = faded ? FADED * 2 : 1;
  pen.fillStyle = colour(thing.group);
  pen.strokeStyle = colour(thing === state.select ? "text" : "outline");
  pen.lineWidth = thing === state.select ? 4 : 1;
  pen.beginPath();
  trace(pen, thing.shape, spot, radius);
  pen.fill();
  pen.stroke();
}

const ranked = [...drawnThings].sort((one, other) => other.facts.length - one.facts.length || one.id - other.id);
const NAMES = 160; // on the window at once
const SEA = 1200; // pixels of the map around an island that its name may take
const square = ({ x, y }, radius) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

// From afar islands' names; what stands out; then, where there is room, the names of the best known.
function placeNames(pen, lit, radius) {
  const boxes = [], placed = [], first = state.select?.facts ? [state.select] : [];
  if (scene.things.size <= CROWD) for (const id of scene.things) boxes.push(square(toWindow(placeOf(id)), radius(things[id]))); // else a hub's name may cover others
  const list = scene.things.size ? ranked.filter(({ id }) => scene.things.has(id) && (!lit || lit.things.has(id))) : [];
  const add = (name) => { if (name) placed.push(name); };
  for (const thing of [...first, ...list, ...(scene.close || scene.things.size ? [] : nearNames(pen, boxes, add))]) {
    if (placed.length >= NAMES) break;
    if (thing === state.select && placed.length) continue;
    const spot = toWindow(placeOf(thing.id)), bold = thing === state.select;
    if (inWindow(spot)) add(placeName(pen, [cut(thing.name, 34)], { spots: around_(spot, radius(thing) + 2), boxes, bold, must: bold, faded: !bold && !scene.things.has(thing.id), id: thing.id }));
  }
  return placed;
}

// Islands' names first; then, the nearer one is, the more things have theirs.
function nearNames(pen, boxes, add) {
  const far = camera.scale < CLEAR, named = new Set(); // whose name an island has is not named again
  if (far) {
    for (const island of islands.filter(({ all }) => all.some((id) => shown.things.has(id)))) {
      const { left, right, top, bottom } = island.box;
      const one = toWindow({ x: left, y: top }), other = toWindow({ x: right, y: bottom }), middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
      if (!inWindow(middle, 0)) continue;
      const lines = island.best.length ? island.best.slice(0, other.x - one.x < 90 ? 1 : 2).map(nameOf) : [text("others")];
      const spots = [[0, 1, middle.x, other.y], [0, -1, middle.x, one.y]], room = other.x - one.x + SEA * camera.scale; // so that one sees whose it is
      const write = (size, some) => placeName(pen, some.map((words) => fitName(pen, words, size, room)), { spots, boxes, bold: true, size, island: island.number });
      const small = widthOf(pen, lines[0], 13.5, true) > room;
      const name = (!small && write(13.5, lines)) || write(11, lines.slice(0, 1));
      add(name);
      if (name) for (const id of island.best.slice(0, name.lines.length)) named.add(id);
    }
  }
  const most = Math.round(NAMES * Math.min(1, (camera.scale / whole - 1) / 6));
  return most > 0 ? ranked.filter((thing) => shown.things.has(thing.id) && !named.has(thing.id) && inWindow(toWindow(thing), 0)).slice(0, 4 * most) : [];
}

function requestScene() {
  if (!asked) asked = requestAnimationFrame(drawFrame);
}

function redraw() {
  stale = true;
  requestScene();
}

function drawFrame() {
  asked = 0;
  if (stale && !scene.close) {
    drawGround();
    stale = false;
  }
  drawScene();
}
