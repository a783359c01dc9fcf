// Part of the map: what the rest of the page asks of a drawing, and what one does on it.

const tip = at("tip");
const TOUCH = 6; // pixels around a thing or a line that belong to it
const TWICE = 500; // milliseconds within which two clicks are one double click
let network = null; // for the rest of the page, the console and the tests: where things are, and the names that are written
let hovered = null;
let paints = {};
let fitted = true; // as long as nobody has moved, the map fits its room

const colour = (name) => (paints[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
// Pixels of the map that the panel covers: on a phone, it is a sheet.
const covered = () => (getComputedStyle(panel).position === "fixed" ? panel.offsetHeight : 0);

function measure() {
  Object.assign(camera, canvasSize());
  whole = scaleFor(boxOf(drawnThings));
}

function showNetwork() {
  front.tabIndex = 0;
  front.setAttribute("role", "application");
  front.dataset.label = "moves";
  front.setAttribute("aria-label", text("moves"));
  ground.setAttribute("aria-hidden", "true");
  at("canvas").append(ground, front);
  measure();
  placeCamera(boxOf(drawnThings));
  network = { camera, placeOf: (id) => toWindow(placeOf(id)), names: () => written, repaint() { paints = {}; stale = true; drawFrame(); } };
  listenMoves(front, { click, rest });
  front.addEventListener("dblclick", (event) => {
    const { thing } = find({ x: event.offsetX, y: event.offsetY });
    if (thing && performance.now() - opened > TWICE) go({ focus: [thing.id, state.focus?.[0] === thing.id && state.focus[1] === 1 ? 2 : 1], path: null });
  });
  at("in").addEventListener("click", () => zoomBy(1.6));
  at("out").addEventListener("click", () => zoomBy(1 / 1.6));
  at("whole").addEventListener("click", showWhole);
  new ResizeObserver(() => {
    measure();
    if (fitted) fitShown();
    else redraw();
  }).observe(at("canvas"));
}

function showWhole() {
  go({ select: null, focus: null, path: null, island: null, layout: "" });
  fitShown();
}

let opened = -Infinity; // when an island was unfolded: a second click is not meant for what is there now

function openIsland(number) {
  opened = performance.now();
  go({ island: number, focus: null, path: null, select: null });
}

// What the page calls: what is filtered is hidden, what is chosen stands out and comes into view.
function hideRest() {
  if (!network) return;
  setScene();
  redraw();
}

function fitShown() {
  if (!network || !shown.things.size) return;
  measure();
  placeCamera(boxOf(scene.close ? [...shown.things].map(placeOf).filter(({ x }) => x !== undefined) : drawnThings));
  fitted = true;
  redraw();
}

function markNetwork() {
  if (!network) return;
  tip.hidden = true;
  setScene();
  const near = nearPlaces();
  if (near.every((place) => inWindow(toWindow(place), 0))) return;
  placeCamera(boxOf(near), camera.scale);
  redraw();
}

// Where what is selected is, and what is next to it.
const nearPlaces = () => [...(bright()?.things || [])].filter((id) => things[id]?.x !== undefined).map(placeOf);

// Where one stands, as what leads back there.
function standing() {
  const before = { ...camera }, was = fitted;
  return () => {
    Object.assign(camera, before);
    fitted = was;
    redraw();
  };
}

const pinOf = (id) => [id, { x: Math.round(placeOf(id).x), y: Math.round(placeOf(id).y) }];

// Brings what is selected into view with what is next to it, near enough for names to be read where all have room.
function centre() {
  if (!network || state.view !== "graph") return;
  const places = nearPlaces();
  if (!places.length) return;
  fitted = false;
  placeCamera(boxOf(places), Math.max(camera.scale, 0.5));
  redraw();
}

// What is at a point of the window: a thing before a fact, and the island beneath.
function find(spot) {
  const thing = nearest(spot), at_ = toMap(spot);
  const island = thing ? islandOf(thing.id) : islands.find(({ box }) => at_.x > box.left && at_.x < box.right && at_.y > box.top && at_.y < box.bottom)?.number;
  return { thing, fact: thing ? null : nearestFact(spot), island };
}

function nearest(spot) {
  let best = null, least = Infinity;
  for (const thing of drawnThings) {
    const inScene = scene.things.has(thing.id);
    if (scene.close ? !inScene : !inScene && !shown.things.has(thing.id)) continue;
    const place = toWindow(placeOf(thing.id)), away = Math.hypot(place.x - spot.x, place.y - spot.y) - radiusOf(thing);
    if (away < TOUCH && away < least) [best, least] = [thing, away];
  }
  return best;
}

function nearestFact(spot) {
  let best = null, least = TOUCH;
  for (const fact of scene.facts) {
    const way = curve(fact);
    for (let share = 0.05; share < 1; share += 0.05) {
      const place = pointOn(way, share), next = pointOn(way, share + 0.05), away = fromSegment(spot, place, next);
      if (away < least) [best, least] = [fact, away];
    }
  }
  return best;
}

function fromSegment(spot, one, other) {
  const x = other.x - one.x, y = other.y - one.y;
  const share = Math.min(1, Math.max(0, ((spot.x - one.x) * x + (spot.y - one.y) * y) / (x * x + y * y || 1)));
  return Math.hypot(spot.x - one.x - share * x, spot.y - one.y - share * y);
}

// A click on a thing or a line tells of it; from afar, one on an island unfolds that.
function click(spot) {
  if (performance.now() - opened < TWICE) return;
  const { thing, fact, island } = find(spot);
  const far = !scene.close && camera.scale < CLEAR / 2 && pathFrom === null && !scene.things.has(thing?.id);
  if (far && island !== undefined) openIsland(island);
  else choose(thing || fact);
}

function rest(spot, event) {
  const { thing, fact } = spot ? find(spot) : {};
  front.style.cursor = thing || fact ? "pointer" : "";
  if ((fact || null) !== hovered) { hovered = fact || null; requestScene(); }
  tip.hidden = !thing && !fact;
  if (tip.hidden) return;
  tip.replaceChildren(...(thing ? [make("strong", cut(thing.name, 300)), faint(`${capital(label(thing.kind))} · ${countClaims(thing.facts.length)}`)]
    : tipOf(fact)));
  const { width, height } = tip.getBoundingClientRect(), { right, bottom } = at("network").getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, right - width - 8))}px`;
  tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, bottom - height - 8))}px`;
}
