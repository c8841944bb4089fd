// Runs before the first paint, so that a dark page is never white for a moment.
// An own file, because the content security policy allows no inline scripts.
(function () {
  // zod would try whether it may write functions; the policy forbids it and would report the attempt.
  globalThis.__zod_globalConfig = { jitless: true };
  var root = document.documentElement;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    var choice = null;
    try {
      choice = localStorage.getItem("faces.theme");
    } catch {
      // Storage is switched off: follow the system.
    }
    root.dataset.theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
  }
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("faces:theme", apply);
})();
