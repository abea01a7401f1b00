// What would this edit have refused? Asked again while a quota is being typed.
// The admin loads scripts in the head, before there is a form.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-preview]");
  if (!place) return;

  const fields = ["quota", "window_seconds"].map((name) => document.getElementById(`id_${name}`));
  const pauseMs = 250;
  let timer = 0;
  let asked = 0;

  const ask = async () => {
    const number = ++asked;
    const query = new URLSearchParams(fields.map((field) => [field.name, field.value]));
    try {
      const answer = await fetch(`${place.dataset.preview}?${query}`);
      const told = answer.ok ? (await answer.json()).preview : "";
      if (number === asked) place.textContent = told || "–";
    } catch {
      if (number === asked) place.textContent = "–";
    }
  };

  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, pauseMs);
    });
  }
});
