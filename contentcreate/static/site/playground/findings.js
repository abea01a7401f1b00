// How does one look through the findings? A list with filters, all of it by keyboard too.

import { el, hiddenText, icon } from "./dom.js";
import { SEVERITIES, byImpact, countBy } from "./model.js";
import { SEVERITY_NAMES, count, number, sentenceCase, shorten } from "./words.js";

const EXCERPT_CHARS = 150;
const LONG_LIST = 100;
const MOST_REPLACEMENTS = 4;

export class FindingsPane {
  constructor(root, { onChoose, onFilter }) {
    this.root = root;
    this.list = root.querySelector("[data-findings]");
    this.onChoose = onChoose;
    this.onFilter = onFilter;
    this.sectionFilter = root.querySelector("[data-section-filter]");
    this.order = root.querySelector("[data-order]");
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.moved(event));
    this.sectionFilter.addEventListener("change", () => this.apply());
    this.order.addEventListener("change", () => this.apply());
  }

  show(findings, sections) {
    this.findings = findings;
    this.hidden = new Set();
    this.only = null;
    this.onlyNew = false;
    this.newKeys = new Set();
    this.active = null;
    this.items = new Map(findings.map((finding) => [finding.index, this.item(finding)]));
    this.showSeverities();
    this.showSections(sections);
    this.apply();
  }

  // Narrows the list to one kind of finding, or to one category; null shows all again.
  narrow(only) {
    this.only = only;
    this.onlyNew = false;
    this.sectionFilter.value = only?.section ?? "";
    this.hidden.clear();
    this.showSeverities();
    this.apply();
  }

  // Which findings the version before did not have.
  markNew(keys) {
    this.newKeys = keys;
    for (const finding of this.findings) {
      if (keys.has(finding.key)) this.button(finding.index).querySelector(".finding-where").prepend(el("b", { class: "new-mark" }, "New"), " ");
    }
  }

  showOnlyNew(only) {
    this.onlyNew = only;
    this.apply();
  }

  visible() {
    const section = this.sectionFilter.value;
    const shown = this.findings.filter((finding) => !this.hidden.has(finding.severity)
      && (!this.onlyNew || this.newKeys.has(finding.key))
      && (!section || finding.section === section)
      && (!this.only?.id || finding.id === this.only.id)
      && (!this.only?.category || finding.category === this.only.category));
    return this.order.value === "impact" ? shown.sort(byImpact) : shown;
  }

  light(index) {
    this.button(this.active)?.removeAttribute("aria-current");
    this.active = index;
    const button = this.button(index);
    if (!button) return;
    button.setAttribute("aria-current", "true");
    this.makeStop(button);
    scrollInside(this.list, button);
  }

  focus(index) {
    this.button(index)?.focus({ preventScroll: true });
    this.button(index)?.scrollIntoView({ block: "nearest" });
  }

  apply() {
    const shown = this.visible();
    this.list.replaceChildren(...shown.map((finding) => this.items.get(finding.index)));
    this.list.classList.toggle("findings-long", shown.length > LONG_LIST);
    this.shownIndexes = shown.map((finding) => finding.index);
    this.showCounts(shown.length);
    const stop = this.button(this.active)?.isConnected ? this.button(this.active) : this.list.querySelector("button");
    if (stop) this.makeStop(stop);
    this.onFilter(shown);
  }

  button(index) {
    return this.items?.get(index)?.firstChild ?? null;
  }

  // One stop for the tab key; arrows move inside.
  makeStop(button) {
    this.list.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    button.tabIndex = 0;
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (button) this.onChoose(Number(button.dataset.index), { focus: event.detail === 0 });
  }

  moved(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const now = buttons.indexOf(event.target.closest("button"));
    const goal = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (goal === undefined || !buttons[goal]) return;
    event.preventDefault();
    this.makeStop(buttons[goal]);
    buttons[goal].focus();
  }

  showCounts(shown) {
    const all = this.findings.length;
    this.root.querySelector("[data-shown]").textContent = shown === all ? number(all) : `${number(shown)} of ${number(all)}`;
    const note = this.root.querySelector("[data-filter-note]");
    const narrowed = this.only !== null || this.onlyNew || this.sectionFilter.value !== "" || this.hidden.size > 0;
    note.hidden = !narrowed && all > 0;
    note.replaceChildren(...(all === 0 ? ["Nothing to remark. Well done."] : this.noteParts(shown)));
  }

  noteParts(shown) {
    const all = el("button", { type: "button", class: "link-button" }, "Show all");
    all.addEventListener("click", () => this.narrow(null));
    const what = this.onlyNew && shown > 0 ? "Only what is new. " : this.only?.label ? `Only “${this.only.label}”. ` : shown === 0 ? "No finding passes the filters. " : "Filtered. ";
    return [what, all];
  }

  showSeverities() {
    const counts = countBy(this.findings, "severity");
    const buttons = SEVERITIES.filter((severity) => counts[severity]).map((severity) => this.severityButton(severity, counts[severity]));
    this.root.querySelector("[data-filters]").replaceChildren(...buttons);
  }

  severityButton(severity, amount) {
    const name = sentenceCase(SEVERITY_NAMES[severity][amount === 1 ? 0 : 1]);
    const button = el("button", { type: "button", class: `chip chip-${severity}`, "aria-pressed": String(!this.hidden.has(severity)), "data-severity": severity }, icon(severity, 16), `${name} `, el("b", {}, number(amount)));
    button.addEventListener("click", () => {
      if (!this.hidden.delete(severity)) this.hidden.add(severity);
      button.setAttribute("aria-pressed", String(!this.hidden.has(severity)));
      this.apply();
    });
    return button;
  }

  showSections(sections) {
    const counts = countBy(this.findings, "section");
    const options = Object.values(sections)
      .filter((section) => counts[section.id])
      .map((section) => el("option", { value: section.id }, `${section.title} (${counts[section.id]})`));
    this.sectionFilter.replaceChildren(el("option", { value: "" }, "All sections"), ...options);
  }

  item(finding) {
    const [severity] = SEVERITY_NAMES[finding.severity];
    return el("li", {}, el(
      "button",
      { type: "button", class: "finding", tabindex: "-1", "data-index": finding.index },
      el("span", { class: `finding-sign sign-${finding.severity}` }, icon(finding.severity), hiddenText(`${severity}: `)),
      el("span", { class: "finding-body" }, ...bodyOf(finding)),
    ));
  }
}

export function bodyOf(finding) {
  return [
    el("span", { class: "finding-message" }, finding.message),
    finding.excerpt && !quotes(finding) ? el("span", { class: "finding-excerpt" }, shorten(finding.excerpt, EXCERPT_CHARS)) : null,
    replacementsOf(finding),
    el("span", { class: "finding-where" }, whereabouts(finding)),
  ].filter(Boolean);
}

// A message that already holds the words need not be followed by them.
function quotes({ message, excerpt }) {
  return message.toLowerCase().includes(`“${excerpt.toLowerCase()}”`);
}

function replacementsOf(finding) {
  if (finding.replacements.length === 0) return null;
  const words = finding.replacements.slice(0, MOST_REPLACEMENTS).map((word) => el("b", {}, word === "" ? "leave out" : word));
  return el("span", { class: "finding-try" }, "Try ", ...words.flatMap((word, place) => (place > 0 ? [" or ", word] : [word])));
}

function whereabouts(finding) {
  const places = finding.spans.length;
  if (places === 0) return `${finding.sectionTitle} · the whole text`;
  return places > 1 ? `${finding.sectionTitle} · ${count(places, ["place", "places"])}` : finding.sectionTitle;
}

// Scrolls the list only, never the page.
function scrollInside(list, item) {
  if (list.scrollHeight <= list.clientHeight) return;
  const box = list.getBoundingClientRect();
  const place = item.getBoundingClientRect();
  const bottom = Math.max(box.top + place.height, Math.min(box.bottom, innerHeight));
  if (place.top < box.top || place.bottom > bottom) {
    list.scrollTop += (place.top + place.bottom) / 2 - (box.top + bottom) / 2;
  }
}
