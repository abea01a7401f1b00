// Which colours does this visitor want? Runs before the first paint, so it is no module.
(() => {
  const root = document.documentElement;
  const names = { auto: "Auto", light: "Light", dark: "Dark" };
  const order = Object.keys(names);

  const kept = () => {
    try {
      const theme = localStorage.getItem("theme");
      return theme in names ? theme : "auto";
    } catch {
      return "auto"; // storage is closed to this page
    }
  };

  const keep = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  };

  const system = matchMedia("(prefers-color-scheme: dark)");

  // The class is how Swagger UI on the pages of the API documentation is told.
  const wear = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.classList.toggle("dark-mode", theme === "dark" || (theme === "auto" && system.matches));
  };

  let theme = kept();
  wear(theme);
  system.addEventListener("change", () => wear(theme));
  root.classList.add("js");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    const label = button.querySelector("[data-theme-name]");
    const say = () => {
      label.textContent = names[theme];
      button.setAttribute("aria-label", `Colours: ${names[theme]}. Change`);
    };
    button.addEventListener("click", () => {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      wear(theme);
      keep(theme);
      say();
    });
    say();
    button.hidden = false;
  });
})();
