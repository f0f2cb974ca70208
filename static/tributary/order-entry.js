// The order entry by keyboard and clipboard: suggestions, paste anywhere, steppers, and the way from field to field.
const field = document.getElementById("quick-q");
const amount = document.getElementById("quick-quantity");
const list = document.getElementById("suggestions");
const quick = document.getElementById("quick");
const entry = document.getElementById("entry");

// Suggestions under the field, as a combobox: arrows walk them, Enter or a tap takes one, Escape closes.
function options() {
  return [...list.querySelectorAll("[role=option][data-code]")];
}

function mark(option) {
  for (const other of options()) {
    const here = other === option;
    other.setAttribute("aria-selected", String(here));
    other.classList.toggle("active", here);
  }
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function close() {
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function toAmount() {
  amount.focus();
  amount.select();
}

function take(option) {
  field.value = option.dataset.code;
  amount.value = option.dataset.quantity;
  close();
  toAmount();
}

function walk(by) {
  const all = options();
  if (all.length === 0) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  mark(all[(now + by + all.length + (now < 0 && by < 0 ? 1 : 0)) % all.length]);
}

function enter(event) {
  const chosen = options().find((option) => option.getAttribute("aria-selected") === "true");
  if (chosen) {
    event.preventDefault();
    take(chosen);
    return;
  }
  const pair = /\s[x×*]?\d+$/.test(field.value.trim());
  if (field.value.trim() && !amount.value && !pair) {
    event.preventDefault();
    const exact = options().find((option) => option.dataset.code.toLowerCase() === field.value.trim().toLowerCase());
    if (exact) take(exact);
    else toAmount();
  }
}

function keys(event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    close();
  } else if (event.key === "Enter") {
    enter(event);
  }
}

// What is sent leaves the fields at once, so that the next code can be typed or scanned while the server works.
function send(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const values = { q: field.value, quantity: amount.value };
  quick.reset();
  close();
  field.focus();
  if (values.q.trim()) window.htmx.ajax("POST", quick.action, { source: quick, target: "#draft", swap: "outerHTML", values });
}

function giveBack(event) {
  const { requestConfig, successful, elt } = event.detail;
  if (elt !== quick || successful || field.value) return;
  field.value = requestConfig.parameters.q;
  amount.value = requestConfig.parameters.quantity;
}

if (quick) {
  field.addEventListener("keydown", keys);
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-code]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  field.addEventListener("blur", () => window.setTimeout(close, 100));
  list.addEventListener("htmx:beforeSwap", (event) => {
    // An answer that comes after the field was left, or emptied, is late.
    if (document.activeElement !== field || !field.value.trim()) event.detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", () => field.setAttribute("aria-expanded", String(options().length > 0)));
  quick.addEventListener("submit", send, true);
  quick.addEventListener("htmx:afterRequest", giveBack);
  document.getElementById("paste-form").addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    document.getElementById("pasted").value = "";
    field.focus();
  });
}

// A list pasted anywhere on the page, other than as one line into a field, becomes lines of the order.
document.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const typing = event.target.matches?.("textarea") || (event.target.matches?.("input") && event.target !== field);
  const several = /[\t\n;]/.test(text.trim());
  if (typing || !several || !entry) return;
  event.preventDefault();
  if (quick) {
    window.htmx.ajax("POST", entry.dataset.paste, { source: "#paste-form", target: "#draft", swap: "outerHTML", values: { pasted: text } });
    close();
    return;
  }
  const form = Object.assign(document.createElement("form"), { method: "post", action: entry.dataset.paste, hidden: true });
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").cloneNode();
  const pasted = Object.assign(document.createElement("textarea"), { name: "pasted", value: text });
  form.append(token, pasted);
  document.body.append(form);
  form.submit();
});

// "2 problems left" leads to the first of them: a row that was not taken, else the first wrong line.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-first-problem]")) return;
  const input = document.querySelector("#draft input[name=code], #draft tr.pressing input:not([type=hidden]), [data-check] button");
  if (!input) return;
  event.preventDefault();
  input.scrollIntoView({ block: "center" });
  input.focus();
});

// Less and more, by the steps in which the product is ordered; a hurry of taps is sent once.
const waiting = new Map();

function step(input, by) {
  const size = Number(input.closest("[data-stepper]").dataset.stepper) || 1;
  const now = Number(input.value) || 0;
  const next = by > 0 ? (Math.floor(now / size) + 1) * size : (Math.ceil(now / size) - 1) * size;
  input.value = String(Math.max(next, 0));
  window.clearTimeout(waiting.get(input.id));
  waiting.set(input.id, window.setTimeout(() => input.dispatchEvent(new Event("change", { bubbles: true })), 350));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] [data-by]");
  if (button) step(button.closest("[data-stepper]").querySelector("input"), Number(button.dataset.by));
});

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.("[data-stepper] input");
  if (!input) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    step(input, event.key === "ArrowUp" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    field?.focus();
  }
});

// In the grid of variants Enter and the arrows go up and down.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-cells] td");
  const by = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!cell || !by) return;
  event.preventDefault();
  cell.closest("table").rows[cell.parentElement.rowIndex + by]?.cells[cell.cellIndex].querySelector("input")?.focus();
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-stepper] input, [data-cells] input")) event.target.select();
});
