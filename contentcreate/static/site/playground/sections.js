// What does each section of the report say?

import { el } from "./dom.js";
import { metricsOf } from "./metrics.js";
import { CATEGORY_NAMES, RATING_NAMES, count, score, sentenceCase } from "./words.js";

const ROOMY = matchMedia("(min-width: 40.01rem)");
const REASONS = { error: "This part failed; the others are not affected.", timeout: "This part ran out of time." };

export class Sections {
  constructor(root, { onNarrow }) {
    this.cards = root.querySelector("[data-sections]");
    this.skipped = root.querySelector("[data-skipped]");
    this.onNarrow = onNarrow;
  }

  show(sections) {
    const all = Object.values(sections);
    const ran = all.filter((section) => section.status !== "skipped");
    this.cards.replaceChildren(...Object.keys(CATEGORY_NAMES).map((name) => this.group(name, ran)).filter(Boolean));
    const skipped = all.filter((section) => section.status === "skipped");
    this.skipped.hidden = skipped.length === 0;
    this.skipped.textContent = `Not asked of this text: ${skipped.map(skippedName).join("; ")}.`;
  }

  group(category, sections) {
    const members = sections.filter((section) => section.category === category);
    if (members.length === 0) return null;
    return el("section", { class: "section-group" }, el("h3", {}, CATEGORY_NAMES[category]), ...members.map((section) => this.card(section)));
  }

  card(section) {
    const card = el("details", { class: `section-card rating-${section.rating ?? "none"}`, open: ROOMY.matches }, this.head(section));
    if (REASONS[section.status]) card.append(el("p", { class: "soft" }, REASONS[section.status]));
    card.append(...metricsOf(section.metrics));
    if (section.findings_total > 0) card.append(this.link(section));
    return card;
  }

  head(section) {
    const head = el("summary", {}, el("h4", {}, section.title));
    if (section.score !== null) {
      head.append(el("span", { class: "section-score" }, RATING_NAMES[section.rating] ?? "", " ", el("b", {}, score(section.score))));
    }
    return head;
  }

  link(section) {
    const button = el("button", { type: "button", class: "link-button" }, count(section.findings_total, ["finding", "findings"]));
    button.addEventListener("click", () => this.onNarrow({ section: section.id, label: section.title }));
    return el("p", { class: "section-link" }, button);
  }
}

function skippedName({ title, reason }) {
  return reason ? `${title} (${sentenceCase(reason).toLowerCase()})` : title;
}
