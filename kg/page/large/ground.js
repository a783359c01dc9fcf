// Part of the map: the ground, all things as points and all facts as thin lines. It is drawn anew
// when one rests; while one moves, what is drawn already moves along.

const REST = 120; // milliseconds without a move after which the ground is drawn anew
const ground = make("canvas"), front = make("canvas");
const CLEAR = 0.3; // scale from which lines have their dashes
let drawnAt = { ...camera }, waiting = 0;

const sizeOf = ({ facts: said }) => 7 + 4 * Math.sqrt(Math.min(said.length, 40));
const radiusOf = (thing) => Math.max(Math.min(4, 2 + 0.3 * Math.sqrt(thing.facts.length)), sizeOf(thing) * camera.scale);

function fitCanvas(canvas, ratio = devicePixelRatio || 1) {
  const width = Math.round(camera.width * ratio), height = Math.round(camera.height * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, camera.width, camera.height);
  return pen;
}

const inWindow = ({ x, y }, margin = 20) => x > -margin && y > -margin && x < camera.width + margin && y < camera.height + margin;

function drawGround(pen = fitCanvas(ground)) {
  drawnAt = { ...camera };
  ground.style.transform = "";
  drawShores(pen);
  drawLines(pen);
  const groups = Map.groupBy ? Map.groupBy(drawnThings, ({ group }) => group) : groupBy(drawnThings);
  for (const [group, list] of groups) {
    pen.fillStyle = colour(group);
    pen.beginPath();
    for (const thing of list) {
      if (!shown.things.has(thing.id)) continue;
      const spot = toWindow(thing);
      if (inWindow(spot)) trace(pen, thing.shape, spot, radiusOf(thing));
    }
    pen.fill();
  }
}

// What belongs together stands on one piece of land, so that one sees what a name is of.
function drawShores(pen) {
  pen.fillStyle = colour("side");
  pen.strokeStyle = colour("rule");
  pen.lineWidth = 1;
  pen.beginPath();
  for (const { box, best, all } of islands) {
    if (!best.length || !all.some((id) => shown.things.has(id))) continue;
    const one = toWindow({ x: box.left, y: box.top }), other = toWindow({ x: box.right, y: box.bottom });
    pen.moveTo(one.x, one.y);
    for (const [x, y] of [[other.x, one.y], [other.x, other.y], [one.x, other.y]]) pen.lineTo(x, y);
    pen.closePath();
  }
  pen.fill();
  pen.stroke();
}

function groupBy(list) {
  const found = new Map();
  for (const thing of list) (found.get(thing.group) || found.set(thing.group, []).get(thing.group)).push(thing);
  return found;
}

// Lines in one stroke for each modality; those between islands are faint, or they would cover all.
function drawLines(pen) {
  const near = camera.scale > CLEAR;
  for (const inside of [false, true]) {
    for (const [line, dashes] of Object.entries(page.lines)) {
      pen.strokeStyle = colour(line);
      pen.lineWidth = near ? 1.4 : 0.7;
      pen.globalAlpha = inside ? 0.45 : near ? 0.06 : 0.04;
      pen.setLineDash(near && inside ? dashes : []);
      pen.beginPath();
      for (const fact of shown.facts) {
        if (fact.to === undefined || fact.line !== line || (islandOf(fact.from) === islandOf(fact.to)) !== inside) continue;
        const one = toWindow(things[fact.from]), other = toWindow(things[fact.to]);
        if (Math.max(one.x, other.x) < 0 || Math.min(one.x, other.x) > camera.width || Math.max(one.y, other.y) < 0 || Math.min(one.y, other.y) > camera.height) continue;
        pen.moveTo(one.x, one.y);
        pen.lineTo(other.x, other.y);
      }
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

const CORNERS = { square: [4, 45, Math.SQRT2], diamond: [4, 0, 1], hexagon: [6, 0, 1], triangle: [3, -90, 1.1], triangleDown: [3, 90, 1.1] };

function trace(pen, shape, { x, y }, radius) {
  if (!CORNERS[shape]) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const [sides, turn, reach_] = CORNERS[shape];
  for (let side = 0; side < sides; side += 1) {
    const angle = ((turn + (360 / sides) * side) * Math.PI) / 180;
    pen[side ? "lineTo" : "moveTo"](x + radius * reach_ * Math.cos(angle), y + radius * reach_ * Math.sin(angle));
  }
  pen.closePath();
}

// After a move: the ground as it is drawn goes along at once, the rest is drawn in the next frame.
function moved_() {
  fitted = false;
  tip.hidden = true;
  const scale = camera.scale / drawnAt.scale;
  const x = (drawnAt.x - camera.x) * camera.scale + (camera.width - drawnAt.width * scale) / 2;
  const y = (drawnAt.y - camera.y) * camera.scale + (camera.height - drawnAt.height * scale) / 2;
  ground.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  clearTimeout(waiting);
  waiting = setTimeout(redraw, REST);
  requestScene();
}
