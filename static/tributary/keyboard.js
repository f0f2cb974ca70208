// `/` search, `g` and a letter to go somewhere, `j` and `k` in lists, Enter to open, `?` for the overview.
const PAUSE_MS = 1200;
let going = false;
let goingTimer = 0;

function typing(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  const target = next.querySelector("a, button") || next;
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

function go(letter) {
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (link) window.location.assign(link.href);
}

function showOverview() {
  const overlay = document.getElementById("shortcuts");
  if (overlay) window.tabler?.Modal?.getOrCreateInstance(overlay).show();
}

const keys = {
  "/": () => document.getElementById("global-search")?.focus(),
  "?": showOverview,
  j: () => step(1),
  k: () => step(-1),
  g: () => {
    going = true;
    window.clearTimeout(goingTimer);
    goingTimer = window.setTimeout(() => {
      going = false;
    }, PAUSE_MS);
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (going) {
    going = false;
    event.preventDefault();
    go(event.key);
    return;
  }
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// The results under the search box: arrow keys walk them, Escape and a click elsewhere close them.
const search = document.getElementById("global-search");
const results = document.getElementById("search-results");

function closeResults() {
  if (!results) return;
  results.replaceChildren();
}

if (search && results) {
  search.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeResults();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [search, ...results.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (links[next]) {
      event.preventDefault();
      links[next].focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!search.form.contains(event.target)) closeResults();
  });
}
