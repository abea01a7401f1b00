// What was it at that moment? The chart under the pointer says what its table says.
(() => {
  const NEAR_STEPS = 1; // a decision so near to the pointer is named

  const plotOf = (event) => event.target.closest?.("[data-plot]");

  const columns = (plot) => {
    const table = plot.parentElement.querySelector("table");
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
    return { names, rows: [...table.tBodies[0].rows].reverse() };
  };

  const line = (text, className = "") => {
    const place = document.createElement("span");
    place.className = className;
    place.textContent = text;
    return place;
  };

  const decidedNear = (plot, share, steps) =>
    [...plot.querySelectorAll(".ops-mark")]
      .filter((mark) => Math.abs(Number(mark.getAttribute("x1")) / 600 - share) < NEAR_STEPS / steps)
      .map((mark) => mark.textContent);

  const tell = (plot, clientX) => {
    const { names, rows } = columns(plot);
    if (!rows.length) return;
    const box = plot.querySelector("svg[role=img]").getBoundingClientRect();
    const steps = Math.max(1, rows.length - 1);
    const index = Math.round(Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * steps);
    const [moment, ...values] = [...rows[index].cells].map((cell) => cell.textContent);
    const readout = plot.querySelector("[data-readout]");
    const needle = plot.querySelector("[data-needle]");
    const share = index / steps;
    readout.replaceChildren(
      line(moment, "ops-readout-when"),
      ...names.flatMap((name, at) => [line(name), line(values[at], "ops-readout-value")]),
      ...decidedNear(plot, share, steps).map((title) => line(title, "ops-readout-when")),
    );
    readout.hidden = needle.hidden = false;
    needle.style.left = `${share * 100}%`;
    readout.style.left = share < 0.5 ? `calc(${share * 100}% + 10px)` : "auto";
    readout.style.right = share < 0.5 ? "auto" : `calc(${(1 - share) * 100}% + 10px)`;
  };

  const hush = (plot) => plot.querySelectorAll("[data-readout], [data-needle]").forEach((part) => (part.hidden = true));

  document.addEventListener("pointermove", (event) => {
    const plot = plotOf(event);
    document.querySelectorAll("[data-plot]").forEach((other) => other === plot || hush(other));
    if (plot) tell(plot, event.clientX);
  });
  document.addEventListener("pointerdown", (event) => {
    const plot = plotOf(event);
    if (plot) tell(plot, event.clientX);
  });
})();
