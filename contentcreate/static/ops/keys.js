// Which keys does the console know? The help that stands in the page names them, and leads the way.
(() => {
  const help = document.querySelector("[data-help]");
  if (!help) return;

  const GO_PATIENCE_MS = 1500;
  let goingSince = -Infinity;

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const go = (key) => {
    goingSince = -Infinity;
    const link = help.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) location.assign(link.href);
  };

  const period = (key) => document.querySelectorAll(".ops-periods a")[Number(key) - 1]?.click();

  const press = (key) => {
    if (key === "?") help.open ? help.close() : help.showModal();
    else if (key === "g") goingSince = performance.now();
    else if (key === "r" || key === "p") document.dispatchEvent(new CustomEvent(`ops-live-${key}`));
    else if (key === "/") document.querySelector(".ops-filters input")?.focus();
    else if (key >= "1" && key <= "6") period(key);
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (performance.now() - goingSince < GO_PATIENCE_MS) go(event.key);
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  document.querySelectorAll("[data-show-help]").forEach((button) => {
    button.addEventListener("click", () => help.showModal());
  });
})();
