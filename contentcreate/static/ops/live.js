// How does a page of the console stay true? It fetches its pieces every few seconds while somebody looks.
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;

  const asOf = page.querySelector("[data-as-of]");
  const refreshMs = Number(page.dataset.refreshSeconds) * 1000;
  const shown = new Map();
  const hold = page.querySelector("[data-hold]");
  let timer = 0;
  let isHeld = false;
  let lastGood = asOf.querySelector("time").dateTime;

  // As charts, tables and logs say it, wherever whoever looks may be.
  const clock = (moment) => `${new Date(moment).toISOString().slice(11, 19)} UTC`;

  const isInUse = (place) =>
    place.contains(document.activeElement) ||
    place.querySelector("details[open], .ops-plot:hover") ||
    (!getSelection().isCollapsed && getSelection().containsNode(place, true));

  // A piece that somebody is using keeps still.
  const show = (name, html) => {
    const place = page.querySelector(`[data-piece="${name}"]`);
    if (!place || shown.get(name) === html || isInUse(place)) return;
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
    if (!document.hidden && !isHeld) timer = setTimeout(turn, refreshMs);
  };

  const toggle = () => {
    isHeld = !isHeld;
    hold.textContent = isHeld ? "Go on refreshing" : "Hold still";
    hold.setAttribute("aria-pressed", String(isHeld));
    if (!isHeld) return turn();
    clearTimeout(timer);
    say(`Held still at ${clock(lastGood)}`, false);
  };

  // What still lasts is counted down between two looks; whatever is over shows with the next one.
  const count = (place) => {
    const seconds = Math.max(0, Math.round((new Date(place.dateTime) - Date.now()) / 1000));
    const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
    const rest = hours ? `${hours} h ${minutes % 60} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
    place.textContent = hours < 24 ? `in ${rest}` : place.textContent;
  };
  setInterval(() => document.hidden || page.querySelectorAll("[data-until]").forEach(count), 1000);

  // Whoever just changed something sees it at once; the address is for the filter alone.
  const address = new URL(location.href);
  if (address.searchParams.has("since")) {
    address.searchParams.delete("since");
    history.replaceState(null, "", address);
  }

  document.addEventListener("visibilitychange", () => {
    document.hidden || isHeld ? clearTimeout(timer) : turn();
  });
  document.addEventListener("ops-live-r", turn);
  document.addEventListener("ops-live-p", toggle);
  hold.hidden = false;
  hold.addEventListener("click", toggle);
  sayFresh();
  wait();
})();
