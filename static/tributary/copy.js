// A link or a secret is copied by one press. Where the browser gives no clipboard (plain HTTP), it is selected instead.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const shown = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(shown.textContent.trim());
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(shown);
  }
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
