// Light or dark: switched at once, remembered by the server's cookie through the form that works without this, too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-theme-switch]")) return;
  event.preventDefault();
  const wanted = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  const body = new FormData(form);
  body.set("theme", wanted);
  window.fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  document.documentElement.dataset.bsTheme = wanted;
});
