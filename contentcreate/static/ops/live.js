// How does a page of the console stay true? It fetches its pieces every few seconds while somebody looks.
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;

  const asOf = page.querySelector("[data-as-of]");
  const refreshMs = Number(page.dataset.refreshSeconds) * 1000;
  const shown = new Map();
  let timer = 0;
  let lastGood = asOf.querySelector("time").dateTime;

  const clock = (moment) => new Date(moment).toLocaleTimeString();

  const isInUse = (place) =>
    place.contains(document.activeElement) ||
    place.querySelector("details[open]") ||
    (!getSelection().isCollapsed && getSelection().containsNode(place, true));

  // A piece that somebody is using keeps still.
  const show = (name, html) => {
    const place = page.querySelector(`[data-piece="${name}"]`);
    if (shown.get(name) === html || isInUse(place)) return;
    place.innerHTML = html;
    shown.set(name, html);
  };

  const say = (sentence, isStale) => {
    asOf.textContent = sentence;
    page.classList.toggle("ops-live--stale", isStale);
  };

  const sayFresh = () => say(`As of ${clock(lastGood)}, refreshed every ${refreshMs / 1000} s`, false);

  const refresh = async () => {
    const response = await fetch(page.dataset.live, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    if (response.type === "opaqueredirect") throw new Error("You are signed out. Reload the page to sign in.");
    if (response.status === 403) throw new Error((await response.json()).detail);
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    const found = await response.json();
    Object.entries(found.pieces).forEach(([name, html]) => show(name, html));
    lastGood = found.as_of;
    sayFresh();
  };

  const sayStale = (error) => {
    const unreachable = error instanceof TypeError || error.name === "TimeoutError";
    const reason = unreachable ? "The server cannot be reached." : error.message;
    say(`These figures are from ${clock(lastGood)}. ${reason}`, true);
  };

  const turn = async () => {
    clearTimeout(timer);
    await refresh().catch(sayStale);
    wait();
  };

  const wait = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(turn, refreshMs);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : turn()));
  sayFresh();
  wait();
})();
