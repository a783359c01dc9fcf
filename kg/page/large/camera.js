// Part of the map: where one stands above it, and how one moves: mouse, fingers, keys.

const FARTHEST = 0.2, NEAREST = 3; // of the scale that shows the whole, and in pixels a pixel of the map
const STRIDE = 80; // pixels that an arrow key moves by
const camera = { x: 0, y: 0, scale: 1, width: 0, height: 0 };
const toWindow = ({ x, y }) => ({ x: (x - camera.x) * camera.scale + camera.width / 2, y: (y - camera.y) * camera.scale + camera.height / 2 });
const toMap = ({ x, y }) => ({ x: (x - camera.width / 2) / camera.scale + camera.x, y: (y - camera.height / 2) / camera.scale + camera.y });
let whole = 1; // the scale that shows all

// The scale that shows a part of the map, with room for names, and for the buttons below.
function scaleFor({ left, right, top, bottom }, most = 1.3) {
  const width = camera.width - 40, height = camera.height - 140 - covered();
  return Math.min(most, Math.max(100, width) / (right - left || 1), Math.max(100, height) / (bottom - top || 1));
}

function placeCamera(box, most) {
  const { left, right, top, bottom } = box;
  camera.scale = scaleFor(box, most);
  camera.x = (left + right) / 2;
  camera.y = (top + bottom) / 2 + (20 + covered() / 2) / camera.scale;
}

function zoomBy(factor, at = { x: camera.width / 2, y: camera.height / 2 }) {
  const before = toMap(at);
  camera.scale = Math.min(NEAREST, Math.max(whole * FARTHEST, camera.scale * factor));
  const after = toMap(at);
  camera.x += before.x - after.x;
  camera.y += before.y - after.y;
  moved_();
}

function panBy(x, y) {
  camera.x -= x / camera.scale;
  camera.y -= y / camera.scale;
  moved_();
}

const KEYS = {
  ArrowLeft: () => panBy(STRIDE, 0), ArrowRight: () => panBy(-STRIDE, 0), ArrowUp: () => panBy(0, STRIDE), ArrowDown: () => panBy(0, -STRIDE),
  "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), Home: showWhole,
};

// Fingers or the mouse, each with where it is: one drags, two zoom.
function listenMoves(element, { click, rest }) {
  const down = new Map();
  let far = 0;
  const place = ({ clientX, clientY }) => {
    const box = element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!down.size) far = 0;
    down.set(event.pointerId, place(event));
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId), now = place(event);
    if (!before) { rest(now, event); return; }
    far += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) zoomBy(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), other);
    else if (far > 4) panBy(now.x - before.x, now.y - before.y);
    down.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(end, (event) => {
      if (down.delete(event.pointerId) && !down.size && far <= 4 && end === "pointerup") click(place(event), event);
    });
  }
  element.addEventListener("pointerleave", () => rest(null));
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-Math.max(-200, Math.min(200, event.deltaY)) / 400), place(event));
  }, { passive: false });
  element.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}
