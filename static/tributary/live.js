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

// A request that failed says so, and can be sent once more. What the server refuses with a page of its own is no failure.
const SERVER_ERROR = 500;
const failure = document.getElementById("failed-request");

function showFailure(text, again) {
  const toasts = document.getElementById("toasts");
  if (!failure || !toasts) return;
  for (const old of toasts.querySelectorAll("[data-failure]")) old.remove();
  const toast = failure.content.firstElementChild.cloneNode(true);
  toast.dataset.failure = "1";
  toast.querySelector(".state").textContent = text;
  toast.querySelector("[data-retry]").addEventListener("click", () => {
    toast.remove();
    again();
  });
  toasts.append(toast);
  showToasts(toasts);
}

function sendAgain({ elt, requestConfig }) {
  window.htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt, target: requestConfig.target, values: requestConfig.parameters });
}

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(kind, (event) => {
    if (!event.detail.elt.closest("[data-quiet]")) showFailure(failure.dataset.offline, () => sendAgain(event.detail));
  });
}
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= SERVER_ERROR) showFailure(failure.dataset.broken, () => sendAgain(event.detail));
});

// A dangerous form is sent after its question has been answered with yes: `agreed` is the form that may go on.
const dialog = document.getElementById("confirmation");
let agreed = null;

function ask(question, form, submitter) {
  const yes = dialog.querySelector("[data-yes]");
  dialog.querySelector("p").textContent = question;
  yes.textContent = submitter?.textContent.trim() || yes.dataset.yes;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    agreed = form;
    form.requestSubmit(submitter);
  }, { once: true });
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
  if (question && agreed !== form) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, form, event.submitter);
    return;
  }
  agreed = null;
  if (form.method === "post" && navigator.onLine === false && !form.hasAttribute("hx-post")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    showFailure(failure.dataset.offline, () => form.requestSubmit(event.submitter));
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
