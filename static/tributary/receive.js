// Receiving goods: the reason is asked for where another number came than was expected.
function show(field) {
  const input = document.getElementById(field.dataset.reason);
  field.classList.toggle("not-needed", input.value.trim() === field.dataset.expected);
}

document.addEventListener("input", (event) => {
  const field = document.querySelector(`[data-reason="${CSS.escape(event.target.id)}"]`);
  if (field) show(field);
});
for (const field of document.querySelectorAll("[data-reason]")) show(field);
