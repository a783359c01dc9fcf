// Part of the drawing: in a large network what is around a thing stands in rings about it, and a
// path in a row; where they stand among thousands of others they would be far apart.

const CROWD = 150; // things from which a network is large
const ROOM = 95; // pixels along a ring for each thing on it
let moved = new Map();

function ring(ids, radius, middle, first) {
  return ids.map((id, place) => {
    const angle = first + (2 * Math.PI * place) / ids.length;
    return [id, { x: middle.x + 1.3 * radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) }];
  });
}

const reach = (ids, least) => Math.max(least, (ids.length * ROOM) / (2 * Math.PI));

function rings([centre]) {
  const middle = things[centre];
  const angle = (id) => Math.atan2(things[id].y - middle.y, things[id].x - middle.x);
  const at = (steps) => [...shown.things].filter((id) => shown.near.get(id) === steps);
  const one = at(1).sort((a, b) => angle(a) - angle(b)), order = new Map(one.map((id, place) => [id, place]));
  const near = neighbours(shown.facts);
  const parent = (id) => Math.min(...near.get(id).map((other) => order.get(other) ?? Infinity));
  const two = at(2).sort((a, b) => parent(a) - parent(b) || angle(a) - angle(b));
  const inner = reach(one, 170), outer = reach(two, inner + 170);
  return [[centre, middle], ...ring(one, inner, middle, -Math.PI), ...ring(two, outer, middle, -Math.PI)];
}

const line = () => [...shown.near].map(([id, place]) => [id, { x: 230 * place, y: 50 * (place % 2) }]);

// Moves what is shown to its place, and back what was moved before; tells whether anything moved.
function arrange() {
  const before = moved;
  const large = drawnThings.length > CROWD;
  moved = new Map(LAID[state.layout] ? LAID[state.layout]() : !large ? [] : state.path ? line() : state.focus ? rings(state.focus) : []);
  for (const [id, place] of state.pins) moved.set(id, place);
  const places = [...[...before.keys()].map((id) => [id, things[id]]), ...moved];
  for (const [id, { x, y }] of places) if (network.body.nodes[id]) Object.assign(network.body.nodes[id], { x, y });
  return places.length > 0;
}
