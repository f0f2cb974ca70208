// Lists: tick all, count what is ticked, send filters as they change.
function boxes(form) {
  return [...form.querySelectorAll("input[name=ids]")];
}

function recount(form) {
  const ticked = boxes(form).filter((box) => box.checked).length;
  const counter = form.querySelector("[data-ticked]");
  if (counter) counter.textContent = String(ticked);
  const all = form.querySelector("[data-tick-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes(form).length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-bulk]");
  if (!form) return;
  if (event.target.matches("[data-tick-all]")) {
    for (const box of boxes(form)) box.checked = event.target.checked;
  }
  recount(form);
});

// A field left empty does not belong in the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.hasAttribute("data-filters")) return;
  for (const [name, value] of [...event.formData.entries()]) {
    if (value === "") event.formData.delete(name);
  }
});

document.body.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt.closest("form[data-filters]");
  if (!form) return;
  for (const [name, value] of Object.entries(event.detail.parameters)) {
    if (value === "") delete event.detail.parameters[name];
  }
});

// The panel of filters stays open while its choices are made, though the list around it is drawn anew.
let filtersOpen = false;

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "results") filtersOpen = event.detail.target.querySelector("details.filters")?.open === true;
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  const panel = document.querySelector("#results details.filters");
  if (panel && filtersOpen && event.detail.target.id === "results") panel.open = true;
});
