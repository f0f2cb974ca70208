// Runs before the first paint: without a choice of the person's own, the page follows the system.
(() => {
  const root = document.documentElement;
  if (!root.dataset.bsTheme) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.bsTheme = dark ? "dark" : "light";
  }
  root.classList.add("has-js");
})();
