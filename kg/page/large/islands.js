// Part of the map: islands, which are the communities of `kg network communities`, each named after its
// best-known members. Guests stand on one too but are in none: places, and what only a plan links.

const SHORE = 120; // pixels of the map around an island's things

const isle = new Map(); // thing → its island
page.islands.forEach(({ members, guests }, number) => { for (const id of [...members, ...guests]) isle.set(id, number); });
const others = drawnThings.filter(({ id }) => !isle.has(id)).map(({ id }) => id);
for (const id of others) isle.set(id, page.islands.length);
const islands = [...page.islands, ...(others.length ? [{ members: others, best: [], guests: [] }] : [])].map(({ members, best, guests }, number) => {
  const all = [...members, ...guests];
  return { number, members, best, all, box: boxOf(all.map((id) => things[id])) };
});
const islandOf = (id) => isle.get(id);
const islandName = ({ best }, most = 3) => (best.length ? best.slice(0, most).map((id) => cut(nameOf(id), 40)).join(" · ") : text("others"));

function boxOf(points) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x - SHORE);
    box.right = Math.max(box.right, x + SHORE);
    box.top = Math.min(box.top, y - SHORE);
    box.bottom = Math.max(box.bottom, y + SHORE);
  }
  return box;
}
