// What of a report does this page show, and where in the text does it lie?

import { utf16Offsets } from "./codepoints.js";

export const SEVERITIES = ["error", "warning", "suggestion", "info"];

// Findings of all sections in the order of the text; those about the whole text come last.
export function findingsOf(report, text) {
  const offset = utf16Offsets(text);
  const sections = Object.values(report.sections);
  return sections
    .flatMap((section) => section.findings.map((finding) => placed(finding, section, offset, text.length)))
    .sort(byPlace)
    .map((finding, index) => ({ ...finding, index }));
}

export function countBy(items, key) {
  const counts = {};
  for (const item of items) counts[item[key]] = (counts[item[key]] ?? 0) + 1;
  return counts;
}

function byPlace(one, other) {
  const [first, second] = [firstStart(one), firstStart(other)];
  if (first !== second) return first < second ? -1 : 1;
  return rank(one) - rank(other);
}

export function byImpact(one, other) {
  return other.impact - one.impact || rank(one) - rank(other) || byPlace(one, other);
}

function placed(finding, section, offset, length) {
  return {
    ...finding,
    section: section.id,
    sectionTitle: section.title,
    category: section.category,
    spans: finding.spans.map((span) => visible(offset(span.start), offset(span.end), length)),
  };
}

// A finding about something missing has an empty span; a mark needs a character to stand on.
function visible(start, end, length) {
  if (end > start) return { start, end };
  return start < length ? { start, end: start + 1 } : { start: Math.max(0, start - 1), end: start };
}

function firstStart(finding) {
  return finding.spans.length > 0 ? finding.spans[0].start : Infinity;
}

function rank(finding) {
  return SEVERITIES.indexOf(finding.severity);
}
