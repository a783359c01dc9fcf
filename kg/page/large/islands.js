// Part of the map: islands, which are communities; each is named after its best-known members.

const UNNAMED = new Set(["Place", "CooperationArea", "Market", "Product", "Agreement", "Thing"]); // no island is called after such
const SHORE = 120; // pixels of the map around an island's things

const isle = new Map(); // thing → its island
page.islands.forEach((members, number) => { for (const id of members) isle.set(id, number); });
const others = drawnThings.filter(({ id }) => !isle.has(id)).map(({ id }) => id);
for (const id of others) isle.set(id, page.islands.length);
const islands = (others.length ? [...page.islands, others] : page.islands).map((members, number) => {
  const best = members === others ? [] : members.filter((id) => !UNNAMED.has(things[id].group)).slice(0, 3);
  return { number, members, best, box: boxOf(members.map((id) => things[id])) };
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
