// How good is the text, at one glance?

import { el, hiddenText } from "./dom.js";
import { SEVERITIES, countBy } from "./model.js";
import { CATEGORY_NAMES, RATING_NAMES, SEVERITY_NAMES, VERDICTS, count, duration, languageName, list, number, score, sentenceCase, share } from "./words.js";

const MOST_FIXES = 5;

export class Summary {
  constructor(root, { onNarrow }) {
    this.root = root;
    this.onNarrow = onNarrow;
  }

  show(report, findings) {
    this.showOverall(report, findings);
    this.part("facts").replaceChildren(...factsOf(report).map((fact) => el("span", {}, fact)));
    const categories = Object.keys(CATEGORY_NAMES).filter((name) => report.scores[name]);
    this.part("categories").replaceChildren(...categories.map((name) => this.category(name, report.scores[name])));
    const fixes = report.top_fixes.slice(0, MOST_FIXES);
    this.part("fixes-box").hidden = fixes.length === 0;
    this.part("fixes").replaceChildren(...fixes.map((fix) => this.fix(fix)));
  }

  showOverall(report, findings) {
    const { score: value, rating } = report.scores.overall;
    const ring = this.part("ring");
    ring.setAttribute("class", `ring-value rating-${rating ?? "none"}`);
    ring.setAttribute("stroke-dasharray", `${value ?? 0} 100`);
    this.part("ring-text").textContent = score(value);
    const title = rating ? [VERDICTS[rating], hiddenText(`: ${score(value)} of 100`)] : ["Not scored"];
    this.part("report-title").replaceChildren(...title);
    this.part("report-more").textContent = remarks(report, findings);
  }

  category(name, { score: value, rating, coverage }) {
    const title = CATEGORY_NAMES[name];
    const bar = el("i", {});
    bar.style.inlineSize = `${value ?? 0}%`;
    const button = el(
      "button",
      { type: "button", class: `category rating-${rating ?? "none"}` },
      el("span", { class: "category-name" }, title),
      el("span", { class: "category-rating" }, coverage < 1 ? `${RATING_NAMES[rating] ?? ""} (part)` : RATING_NAMES[rating] ?? "Not scored"),
      el("span", { class: "category-score" }, score(value), hiddenText(" of 100. Show its findings")),
      el("span", { class: "bar", "aria-hidden": "true" }, bar),
    );
    button.addEventListener("click", () => this.onNarrow({ category: name, label: title }));
    return el("li", {}, button);
  }

  fix({ id, count: amount, points, message }) {
    const button = el(
      "button",
      { type: "button", class: "fix" },
      el("span", { class: "fix-message" }, message, amount > 1 ? el("span", { class: "fix-more" }, ` in ${number(amount)} places`) : null),
      el("span", { class: "fix-points" }, `+${number(points)}`, hiddenText(" points")),
    );
    button.addEventListener("click", () => this.onNarrow({ id, label: message }));
    return el("li", {}, button);
  }

  part(name) {
    return this.root.querySelector(`[data-${name}]`);
  }
}

function remarks(report, findings) {
  const total = Object.values(report.sections).reduce((sum, section) => sum + section.findings_total, 0);
  if (total === 0) return "Nothing to remark.";
  const counts = countBy(findings, "severity");
  const parts = SEVERITIES.filter((severity) => counts[severity]).map((severity) => count(counts[severity], SEVERITY_NAMES[severity]));
  const rest = total > findings.length ? ` The text shows the first ${number(findings.length)} of ${number(total)}.` : "";
  return `${list(parts)}.${rest}`;
}

function factsOf({ language, profile, complete, sections }) {
  const { words, reading_time_seconds: reading } = sections.statistics?.metrics ?? {};
  return [
    words === undefined ? null : count(words, ["word", "words"]),
    reading === undefined ? null : `${duration(reading)} to read`,
    languageFact(language),
    profile === "standard" ? null : `${sentenceCase(profile)} profile`,
    complete ? null : "Parts of this report are missing",
  ].filter(Boolean);
}

function languageFact({ code, confidence, source }) {
  if (!code) return "Language unknown";
  const name = languageName(code);
  return source === "detected" && confidence < 0.9 ? `${name}, ${share(confidence)} sure` : name;
}
