// Last part: shows what is chosen, and listens to the buttons at the top.

const CHOSEN = ["off", "least", "focus", "path", "island", "hide", "pins", "layout", "centre"];
let theme = "";

function showTexts() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
    if (element.tagName === "INPUT") element.placeholder = text(element.dataset.label);
    if (element.tagName === "BUTTON") element.title = text(element.dataset.label);
  }
  const others = Object.keys(page.texts).filter((lang) => lang !== state.lang);
  at("lang").textContent = others[0].toUpperCase();
  at("lang").lang = others[0];
  at("lang").title = page.texts[others[0]].language;
  at("lang").setAttribute("aria-label", page.texts[others[0]].language);
  at("layout").replaceChildren(...LAYOUTS.map((name) => {
    const option = make("option", text(`layout${capital(name || "network")}`));
    option.value = name;
    return option;
  }));
  at("export").lastElementChild.replaceChildren(...Object.entries(EXPORTS).map(([name, act]) => {
    const line = make("li", null, button(text(name), () => { leaveExports(); act(); }));
    line.hidden = !drawnThings.length && (name === "png" || name === "svg");
    return line;
  }));
}

function leaveExports() {
  const inside = at("export").contains(document.activeElement);
  at("export").open = false;
  if (inside) at("export").firstElementChild.focus();
}

function showTheme() {
  const wanted = paper.matches ? "light" : state.theme || (system.matches ? "dark" : "light");
  if (wanted === theme) return;
  document.documentElement.dataset.theme = theme = wanted;
  paints = {};
  network?.repaint();
}

function showSummary() {
  const all = shown.facts.length === facts.length;
  at("summary").textContent = [count(shown.things.size, "thing"),
    all ? count(facts.length, tie) : `${number(shown.facts.length)} / ${count(facts.length, tie)}`].join(" · ");
}

function showNotice() {
  const notice = at("notice"), { focus, path, island } = state;
  const undated = state.layout === "timeline" && !shown.facts.some((fact) => dateOf(fact));
  notice.hidden = pathFrom === null && !focus && !path && island === null && !undated;
  if (notice.hidden) return;
  const near = focus && text(`near${focus[1]}`) + text("colon") + cut(nameOf(focus[0]), 60);
  const way = path && text("path") + text("colon") + path.map((id) => calledOf(id, 40)).join(" → ");
  const words = pathFrom !== null ? `${text("pick")} ${cut(nameOf(pathFrom), 60)}` : way || near || (undated ? text("undatedAll") : islandName(islands[island]));
  const end = button("×", () => {
    const inside = pathFrom !== null || focus || path || undated; // what was unfolded last is folded first
    pathFrom = null;
    go(inside ? { focus: null, path: null, ...(undated && { layout: "" }) } : { island: null });
  });
  end.setAttribute("aria-label", text("close"));
  notice.replaceChildren(make("span", words), end);
}

function showSwitches() {
  for (const element of document.querySelectorAll("button[data-view]")) element.setAttribute("aria-pressed", String(element.dataset.view === state.view));
  for (const element of document.querySelectorAll("button[data-side]")) element.setAttribute("aria-pressed", String(element.dataset.side === state.side));
  at("undo").disabled = !past.length;
  at("layout").value = state.layout;
  document.body.dataset.side = state.side;
  document.body.dataset.view = state.view;
  at("network").hidden = state.view !== "graph";
}

// Shows again what follows from what has changed.
function show(changed) {
  const some = (...names) => names.some((name) => changed.includes(name));
  const words = some("lang"), filtered = some(...CHOSEN);
  if (words) showTexts();
  showTheme();
  if (filtered) findShown();
  showSwitches();
  showNotice();
  if (filtered || words) showSummary();
  if (filtered || words || some("side")) showLegend();
  showArticle(words);
  if (filtered) rowsShown = STEP;
  showTable(filtered || words || some("view", "sort"));
  if (filtered || words || some("select", "side")) showTimeline();
  if (filtered) hideRest();
  if (filtered || words) showEmpty();
  if (filtered || words || some("select")) showPanel();
  if (some("focus", "path", "island", "layout", "centre")) fitShown(); // when it is known what the panel covers
  if (some("select", "side", "article")) markArticle();
  if (some("select")) markTable();
  if (filtered || some("select", "lang")) markNetwork();
}

const ALL = Object.keys(state);

function restore() {
  Object.assign(state, readState(location.hash));
  show(ALL);
  if (state.select?.facts) centre();
}

for (const element of document.querySelectorAll("button[data-view]")) element.addEventListener("click", () => go({ view: element.dataset.view }));
for (const element of document.querySelectorAll("button[data-side]")) {
  element.addEventListener("click", () => go({ side: state.side === element.dataset.side ? "" : element.dataset.side }));
}
at("lang").addEventListener("click", () => go({ lang: at("lang").lang }));
at("undo").addEventListener("click", undo);
at("layout").addEventListener("change", () => go({ layout: at("layout").value, centre: state.select?.facts ? state.select.id : state.centre }));
at("skip").addEventListener("click", () => (state.view === "table" ? at("table") : network ? at("canvas").querySelector("[tabindex]") : panel.querySelector("h2")).focus());
at("theme").addEventListener("click", () => go({ theme: theme === "dark" ? "light" : "dark" }));
for (const media of [system, paper]) media.addEventListener("change", showTheme);
addEventListener("hashchange", restore);
addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== query) {
    event.preventDefault();
    query.focus();
  } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && event.target !== query) { // where one writes, it undoes what is written
    event.preventDefault();
    undo();
  } else if (event.key === "Escape") {
    if (at("export").open) { leaveExports(); return; }
    pathFrom = null;
    go({ select: null });
  }
});
addEventListener("click", ({ target }) => { if (!at("export").contains(target)) at("export").open = false; });

Object.assign(state, readState(location.hash));
at("zoom").hidden = !drawnThings.length;
show(ALL); // first, as the network takes the room that all else leaves
if (drawnThings.length) {
  showNetwork();
  hideRest();
  fitShown();
  markNetwork();
}
if (state.select?.facts && !state.focus && !state.path) centre();
window.pressgraph = { network, state, shown, things, facts, choose, go, labels: () => placeLabels(network.canvas.getContext(), frame()) }; // for who looks from the console, and for the tests
