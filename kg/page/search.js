// Ninth part: search by name or alias, with the keyboard alone if one likes.

const MOST = 12;
const query = at("query"), found = at("found");
let index = null;
let current = -1;

// How well a thing fits: its whole name, its beginning, a word's beginning, anything else; its name before an alias.
function fit(names, wanted) {
  let best = Infinity;
  names.forEach((name, place) => {
    const where = name.indexOf(wanted);
    if (where < 0) return;
    const rank = name === wanted ? 0 : where === 0 ? 1 : /[\p{L}\p{N}]/u.test(name[where - 1]) ? 3 : 2;
    best = Math.min(best, rank + (place ? 0.5 : 0));
  });
  return best;
}

function findThings(words) {
  const wanted = fold(words).trim();
  if (!wanted) return [];
  index ??= things.map((thing) => [thing, [thing.name, ...thing.aliases].map(fold)]);
  return index.map(([thing, names]) => [fit(names, wanted), thing]).filter(([rank]) => rank < Infinity)
    .sort(([one, a], [other, b]) => one - other || b.facts.length - a.facts.length || a.id - b.id)
    .slice(0, MOST).map(([, thing]) => thing);
}

function showFound() {
  const list = findThings(query.value);
  current = -1; // Enter takes the first, and the arrow goes to it
  found.replaceChildren(...list.map((thing, place) => {
    const alias = thing.aliases.find((name) => fold(name).includes(fold(query.value).trim()));
    const line = make("li", null, symbol(thing.group), make("bdi", cut(thing.name, 80)),
      alias && !fold(thing.name).includes(fold(query.value).trim()) ? classed("faint", make("bdi", cut(alias, 60))) : null);
    line.id = `found-${place}`;
    line.setAttribute("role", "option");
    line.addEventListener("mousedown", (event) => { event.preventDefault(); take(thing); });
    line.thing = thing;
    return line;
  }));
  if (!list.length && query.value.trim()) found.append(nothingFound());
  openList(Boolean(query.value.trim()));
}

function nothingFound() {
  const line = classed("faint", make("li", text("nothing")));
  line.setAttribute("role", "option");
  line.setAttribute("aria-disabled", "true");
  return line;
}

function openList(open) {
  found.hidden = !open;
  query.setAttribute("aria-expanded", String(open));
  [...found.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === current)));
  if (open && current >= 0) query.setAttribute("aria-activedescendant", `found-${current}`);
  else query.removeAttribute("aria-activedescendant");
}

function take(thing) {
  openList(false);
  query.value = "";
  query.blur();
  choose(thing);
  if (state.select === thing) centre(); // else it is the end of a path, which is in view
  panel.querySelector("h2")?.focus();
}

query.addEventListener("input", showFound);
query.addEventListener("blur", () => openList(false));
query.addEventListener("focus", () => { if (query.value) showFound(); });
query.addEventListener("keydown", (event) => {
  const size = found.querySelectorAll("[role=option]:not([aria-disabled])").length;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && size) {
    event.preventDefault();
    current = event.key === "ArrowDown" ? (current + 1) % size : (Math.max(current, 0) + size - 1) % size;
    openList(true);
    found.children[current].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && size && !found.hidden) {
    event.preventDefault();
    take(found.children[Math.max(current, 0)].thing);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    query.value = "";
    openList(false);
    query.blur();
  }
});
