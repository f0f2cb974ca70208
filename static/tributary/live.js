// Tells screen readers what a swap changed, shows messages as toasts, asks before dangerous acts, sends a form once.
const region = document.getElementById("live-region");

export function announce(text) {
  if (!region || !text) return;
  region.textContent = "";
  window.setTimeout(() => {
    region.textContent = text;
  }, 50);
}

function showToasts(root) {
  for (const toast of root.querySelectorAll(".toast:not(.show)")) {
    window.tabler?.Toast?.getOrCreateInstance(toast, { animation: false, autohide: toast.dataset.stay === undefined, delay: 6000 }).show();
  }
}

document.body.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.elt.closest("[data-announce]") || event.detail.elt.querySelector("[data-announce]");
  announce(source?.dataset.announce);
  showToasts(document);
});

document.body.addEventListener("htmx:responseError", (event) => announce(event.detail.xhr.statusText));

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.method !== "post" || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault();
    return;
  }
  if (!form.hasAttribute("hx-post")) form.dataset.sent = "1";
}, true);

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

showToasts(document);
const invalid = document.querySelector(".error-summary");
if (invalid) invalid.focus();
else document.querySelector("form[data-focus-first] :is(input:not([type=hidden]), select, textarea)")?.focus();
