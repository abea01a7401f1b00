// What do the visitor's earlier texts say about this one?

import { el } from "./dom.js";
import { RATING_NAMES, count, day, number, percent, shorten } from "./words.js";

const FIRST_PASSAGES = 3;
const EXCERPT_CHARS = 160;
const UNTITLED = "A text without a title";
const SKIPPED = {
  too_short: "The text is too short to compare: it takes 30 words.",
  service_busy: "The service is busy and compares no texts at present.",
};
const USES = { good: "None of your earlier texts was written for it.", ok: "One earlier text was written for it.", bad: "Earlier texts were written for it: they compete for the same searches." };

export class EarlierTexts {
  constructor(root, { onPlace, onKey, onAgain }) {
    this.box = root.querySelector("[data-earlier]");
    this.count = root.querySelector("[data-earlier-count]");
    Object.assign(this, { onPlace, onKey, onAgain });
  }

  show(corpus, { hasKey }) {
    this.count.textContent = corpus?.originality.matches.length || "";
    this.box.replaceChildren(...(corpus?.earlier_texts > 0 ? this.cards(corpus) : [this.nothing(corpus, hasKey)]));
  }

  nothing(corpus, hasKey) {
    if (!hasKey) {
      return el("section", { class: "card card-empty" }, el("p", {}, "With an API key, this text is compared with the ones you sent before: what stood there already, which of them are worth a link, and whether they compete for the same keyphrase."), action("Give a key", this.onKey));
    }
    if (!corpus) return el("section", { class: "card card-empty" }, el("p", {}, "This text could not be compared with your earlier ones."), action("Try again", this.onAgain));
    return el("section", { class: "card card-empty" }, el("p", {}, "This is the first text you sent. The next one is compared with it."));
  }

  cards(corpus) {
    const cards = [this.originality(corpus), related(corpus.related), keyphrase(corpus.keyphrase)];
    if (!corpus.complete) cards.push(el("p", { class: "soft" }, `Compared with your newest ${number(corpus.earlier_texts)} texts; older ones were left out.`));
    return cards.filter(Boolean);
  }

  originality({ originality, earlier_texts: texts }) {
    if (originality.status !== "ok") {
      const busy = originality.reason === "service_busy";
      return card("Originality", null, el("p", { class: "soft" }, SKIPPED[originality.reason] ?? "It was not compared."), busy ? action("Try again", this.onAgain) : null);
    }
    const { matches, unique_percent: unique, rating, partial } = originality;
    const bar = el("i", {});
    bar.style.inlineSize = `${unique}%`;
    const verdict = matches.length === 0
      ? `Nothing in it stood in the ${count(texts, ["text", "texts"])} you sent before.`
      : `${percent(100 - unique)} of its words stood in ${matches.length === 1 ? "an earlier text" : `${number(matches.length)} earlier texts`} of yours already.`;
    return card(
      "Originality",
      { rating, value: percent(unique) },
      el("div", { class: "bar", "aria-hidden": "true" }, bar),
      el("p", {}, verdict),
      partial ? el("p", { class: "soft" }, "More texts resemble it than were read for this answer.") : null,
      matches.length > 0 ? el("ol", { class: "matches" }, ...matches.map((match) => this.match(match))) : null,
    );
  }

  match({ title, created_at: at, shared_words: words, shared_percent: part, passages, passages_total: total }) {
    const name = title || UNTITLED;
    const rows = passages.map((passage) => this.passage(passage, name));
    const more = rows.slice(FIRST_PASSAGES);
    const left = total - passages.length;
    return el(
      "li",
      {},
      el("h4", {}, name),
      el("p", { class: "soft" }, `${day(at)} · ${count(words, ["word", "words"])} in common, ${percent(part)} of this text`),
      el("ul", { class: "passages" }, ...rows.slice(0, FIRST_PASSAGES)),
      more.length > 0 ? el("details", {}, el("summary", {}, `${count(more.length, ["more passage", "more passages"])}`), el("ul", { class: "passages" }, ...more)) : null,
      left > 0 ? el("p", { class: "soft" }, `and ${count(left, ["shorter one", "shorter ones"])}`) : null,
    );
  }

  passage({ span, words, excerpt }, name) {
    const short = shorten(excerpt, EXCERPT_CHARS);
    const button = el("button", { type: "button", class: "place" }, el("span", { class: "place-words" }, short), el("span", { class: "soft" }, count(words, ["word", "words"])));
    button.addEventListener("click", ({ detail }) => {
      this.onPlace({ message: `These words stood in “${name}” already.`, sectionTitle: "Earlier texts", span, replacements: [] }, { from: button, focus: detail === 0 });
    });
    return el("li", {}, button);
  }
}

function related(texts) {
  if (texts.length === 0) return card("Worth a link", null, el("p", { class: "soft" }, "None of your earlier texts is about the same."));
  return card("Worth a link", null, el("ul", { class: "related" }, ...texts.map(relative)));
}

function relative({ title, url, because }) {
  const name = title || UNTITLED;
  const address = webAddress(url);
  return el(
    "li",
    {},
    address ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, name) : el("b", {}, name),
    because.length > 0 ? el("p", { class: "soft" }, `Both speak of ${because.join(", ")}.`) : null,
  );
}

function keyphrase(uses) {
  if (!uses) return card("Keyphrase", null, el("p", { class: "soft" }, "Give a keyphrase to hear which of your texts were written for it."));
  const rows = uses.used_by.map(({ title, created_at: at }) => el("li", {}, el("b", {}, title || UNTITLED), el("p", { class: "soft" }, day(at))));
  const left = uses.total - rows.length;
  return card(
    "Keyphrase",
    { rating: uses.rating, value: "" },
    el("p", {}, USES[uses.rating]),
    rows.length > 0 ? el("ul", { class: "related" }, ...rows) : null,
    left > 0 ? el("p", { class: "soft" }, `and ${number(left)} more`) : null,
  );
}

function card(title, judged, ...parts) {
  const head = el("div", { class: "card-head" }, el("h3", {}, title));
  if (judged) head.append(el("span", { class: "section-score" }, RATING_NAMES[judged.rating], " ", judged.value ? el("b", {}, judged.value) : ""));
  return el("section", { class: `card rating-${judged?.rating ?? "none"}` }, head, ...parts);
}

function action(name, onClick) {
  const button = el("button", { type: "button", class: "button-quiet" }, name);
  button.addEventListener("click", onClick);
  return el("p", {}, button);
}

// Addresses are the visitor's own words: only those of web pages become links.
function webAddress(text) {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}
