// How does this page speak? Numbers, names and sentences in one voice.

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const days = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const shares = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

export const SEVERITY_NAMES = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  suggestion: ["suggestion", "suggestions"],
  info: ["note", "notes"],
};
export const RATING_NAMES = { good: "Good", ok: "Fair", bad: "Needs work" };
export const VERDICTS = { good: "Reads well", ok: "Worth another pass", bad: "Needs work" };
export const CATEGORY_NAMES = {
  readability: "Readability",
  structure: "Structure",
  style: "Style",
  inclusion: "Inclusion",
  seo: "Search",
  quality: "Quality",
  information: "About the text",
};

export function number(value) {
  return numbers.format(value);
}

export function share(value) {
  return shares.format(value);
}

export function percent(value) {
  return `${number(value)}\u00a0%`;
}

export function count(amount, [one, many]) {
  return `${number(amount)} ${amount === 1 ? one : many}`;
}

export function score(value) {
  return value === null || value === undefined ? "–" : String(Math.round(value));
}

export function sentenceCase(name) {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function languageName(code) {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code);
  } catch {
    return code;
  }
}

export function duration(seconds) {
  if (seconds < 50) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.max(1, Math.round(seconds / 60))} min`;
}

export function day(moment) {
  return days.format(new Date(moment));
}

export function list(parts) {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}

export function shorten(text, length) {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= length) return flat;
  return `${flat.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…`;
}
