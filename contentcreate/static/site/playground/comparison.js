// What became better and what worse since the version before?

import { el, icon } from "./dom.js";
import { CATEGORY_NAMES, count, list, number, score, shorten } from "./words.js";

const EXCERPT_CHARS = 90;

export class ComparisonView {
  constructor(root, { onOnlyNew }) {
    this.box = root.querySelector("[data-comparison]");
    this.verdict = root.querySelector("[data-comparison-verdict]");
    this.scores = root.querySelector("[data-comparison-scores]");
    this.onlyNew = root.querySelector("[data-only-new]");
    this.fixedBox = root.querySelector("[data-fixed-box]");
    this.fixedName = root.querySelector("[data-fixed-name]");
    this.fixed = root.querySelector("[data-fixed]");
    this.onlyNew.addEventListener("click", () => onOnlyNew(this.onlyNew.getAttribute("aria-pressed") !== "true"));
  }

  hide() {
    this.box.hidden = true;
  }

  show({ fixed, new: added, remaining, scores }) {
    this.verdict.textContent = verdict(fixed, added, remaining);
    this.scores.replaceChildren(...Object.keys(scores).filter((name) => scores[name].change).map((name) => scoreChange(name, scores[name])));
    this.onlyNew.hidden = added.length === 0;
    this.onlyNew.replaceChildren("Show only new ", el("b", {}, number(added.length)));
    this.press(false);
    this.fixedBox.hidden = fixed.length === 0;
    this.fixedBox.open = false;
    this.fixedName.textContent = `${count(fixed.length, ["finding", "findings"])} fixed`;
    this.fixed.replaceChildren(...fixed.map(fixedItem));
    this.box.hidden = false;
  }

  press(pressed) {
    this.onlyNew.setAttribute("aria-pressed", String(pressed));
  }
}

function verdict(fixed, added, remaining) {
  const parts = [
    `${number(fixed.length)} fixed`,
    `${number(added.length)} new`,
    `${number(remaining.length)} ${remaining.length === 1 ? "remains" : "remain"}`,
  ];
  return fixed.length + added.length === 0 ? "No finding came or went." : `${list(parts)}.`;
}

function scoreChange(name, { before, after, change }) {
  const title = name === "overall" ? "Overall" : CATEGORY_NAMES[name] ?? name;
  const sign = change > 0 ? "+" : "−";
  return el(
    "li",
    { class: change > 0 ? "change-up" : "change-down" },
    `${title} `,
    el("b", {}, `${sign}${number(Math.abs(change))}`),
    el("span", { class: "soft" }, ` ${score(before)} to ${score(after)}`),
  );
}

function fixedItem({ message, excerpt }) {
  return el(
    "li",
    {},
    icon("fixed", 16),
    el("span", {}, message, excerpt && !message.includes(excerpt) ? el("span", { class: "soft" }, ` ${shorten(excerpt, EXCERPT_CHARS)}`) : null),
  );
}
