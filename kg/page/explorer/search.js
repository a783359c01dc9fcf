// Search as one types: names that begin so, from this server. They go into the page as text alone.
const typed = document.getElementById("typed");
const names = document.getElementById("names");
let asked = 0; // the latest question: answers to earlier ones come too late
let chosen = -1;

function choose(at) {
  const those = [...names.querySelectorAll("[role=option]")];
  chosen = those.length ? (at + those.length) % those.length : -1;
  those.forEach((one, place) => one.setAttribute("aria-selected", place === chosen));
  if (chosen < 0) typed.removeAttribute("aria-activedescendant");
  else {
    typed.setAttribute("aria-activedescendant", those[chosen].id);
    those[chosen].scrollIntoView({ block: "nearest" });
  }
}

function close() {
  names.hidden = true;
  chosen = -1;
  typed.setAttribute("aria-expanded", "false");
  typed.removeAttribute("aria-activedescendant");
}

function go(item) {
  location.href = item.dataset.href;
}

function offer({ names: found, more }) {
  names.replaceChildren(...found.map(({ name, kind, also, articles, href }, at) => {
    const item = document.createElement("li");
    item.id = `name-${at}`;
    item.setAttribute("role", "option");
    item.dataset.href = href;
    item.addEventListener("click", () => go(item));
    const told = document.createElement("bdi");
    told.textContent = name;
    const meta = document.createElement("span");
    meta.className = "meta";
    meta.textContent = [also && `= ${also}`, kind, articles].filter(Boolean).join(" · ");
    item.append(told, " ", meta);
    return item;
  }));
  if (more) {
    const rest = document.createElement("li");
    rest.className = "meta";
    rest.setAttribute("role", "presentation");
    rest.textContent = `+ ${more} ${typed.dataset.more}`;
    names.append(rest);
  }
  names.hidden = !found.length;
  chosen = -1;
  typed.setAttribute("aria-expanded", String(!names.hidden));
}

async function suggest() {
  const turn = ++asked;
  const told = typed.value.trim();
  if (!told) return close();
  const lang = new URLSearchParams(location.search).get("lang");
  const given = new URLSearchParams({ q: told, ...(lang ? { lang } : {}) });
  try {
    const response = await fetch(`names?${given}`);
    if (turn === asked && response.ok) offer(await response.json());
  } catch {
    close(); // the server has ended; the form says so when it is sent
  }
}

typed.setAttribute("role", "combobox");
typed.setAttribute("aria-controls", "names");
typed.setAttribute("aria-expanded", "false");
typed.setAttribute("aria-autocomplete", "list");
let wait = 0;
typed.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(suggest, 120);
});
typed.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !names.hidden) {
    event.preventDefault(); // what is typed stays
    close();
  } else if (!names.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
  } else if (!names.hidden && event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    go(names.querySelectorAll("[role=option]")[chosen]);
  }
});
names.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
typed.addEventListener("blur", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    typed.focus();
  }
});
