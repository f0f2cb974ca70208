// A line at the top of the page while a request takes longer than people take for immediate.
const PATIENCE_MS = 300;
const line = document.getElementById("progress-line");
const waiting = new Set();
let timer = 0;

function show() {
  line.hidden = waiting.size === 0;
}

function begin(key) {
  waiting.add(key);
  window.clearTimeout(timer);
  timer = window.setTimeout(show, PATIENCE_MS);
}

function end(key) {
  waiting.delete(key);
  if (waiting.size === 0) {
    window.clearTimeout(timer);
    show();
  }
}

if (line) {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.detail.elt.closest("[data-quiet]")) begin(event.detail.xhr);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => end(event.detail.xhr));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && !event.target.hasAttribute("data-download")) begin("page");
  });
  window.addEventListener("pageshow", () => end("page"));
}
