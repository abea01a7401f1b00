// How is a measurement written for people?

import { el } from "./dom.js";
import { RATING_NAMES, count, duration, list, number, percent, sentenceCase, share } from "./words.js";

const MOST_ROWS = 10;
const UNIT_WORDS = /(?<=[a-z])_words$/;
const NAMES = {
  address_per_1000_words: "Addresses readers, per 1,000 words",
  automated_readability_index: "Automated readability index",
  aws_key: "AWS keys",
  card: "Card numbers",
  cliche: "Clichés",
  coleman_liau: "Coleman–Liau",
  email: "Email addresses",
  flesch_kincaid_grade: "Flesch–Kincaid grade",
  gunning_fog: "Gunning fog",
  iban: "IBANs",
  jwt: "JSON web tokens",
  lgbtq: "LGBTQ",
  lix: "LIX",
  long_percent: "Share that is long",
  long_words_percent: "Long words",
  mtld: "MTLD",
  other: "Other addresses",
  per_1000_words: "Per 1,000 words",
  phone: "Phone numbers",
  private_key: "Private keys",
  single_h1: "Single H1",
  smog: "SMOG",
  token: "Tokens",
};
const FEWEST_ABSENT = 3; // so many counts of nothing are said in one line

// Scalars become rows of one list; lists of objects become tables.
export function metricsOf(metrics) {
  const rows = [];
  const tables = [];
  collect(metrics, "", rows, tables);
  const absent = rows.filter(isAbsent);
  const shown = absent.length < FEWEST_ABSENT ? rows : rows.filter((row) => !isAbsent(row));
  const parts = [];
  if (shown.length > 0) parts.push(el("dl", { class: "metrics" }, ...shown.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
  if (shown !== rows) parts.push(el("p", { class: "metrics-absent" }, `None: ${list(absent.map(([name]) => inSentence(name)))}.`));
  return [...parts, ...tables];
}

// A count of nothing; rates stay rows.
function isAbsent([name, value]) {
  return value === "0" && !/\bper\b/i.test(name);
}

// Only abbreviations keep their capitals.
function inSentence(name) {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function collect(metrics, prefix, rows, tables) {
  for (const [name, value] of Object.entries(metrics)) {
    const label = prefix ? `${prefix}: ${sentenceCase(name).toLowerCase()}` : labelOf(name);
    if (value === null || value === "" || value === false || name === "judged") continue;
    if (Array.isArray(value)) collectList(label, value, rows, tables);
    else if (typeof value === "object") collect(value, label, rows, tables);
    else rows.push([label, written(name, value)]);
  }
}

function collectList(label, values, rows, tables) {
  if (values.length === 0) return;
  if (values[0].rating) {
    rows.push(...values.map(({ id, rating }) => [labelOf(id), RATING_NAMES[rating]]));
    return;
  }
  if (typeof values[0] === "object" && values[0] !== null) {
    const columns = columnsOf(values);
    if (columns.length > 0) tables.push(table(label, values, columns));
  } else rows.push([label, values.slice(0, MOST_ROWS).join(", ")]);
}

// Offsets are for programs; people see the places in the text.
function columnsOf(values) {
  return Object.keys(values[0]).filter((name) => name !== "start" && name !== "end" && values.some((value) => isPlain(value[name])));
}

function table(label, values, columns) {
  const head = el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, labelOf(name))));
  const body = values.slice(0, MOST_ROWS).map((value) => el("tr", {}, ...columns.map((name) => el("td", {}, isPlain(value[name]) ? written(name, value[name]) : ""))));
  const more = values.length > MOST_ROWS ? el("p", { class: "soft" }, `and ${number(values.length - MOST_ROWS)} more`) : null;
  return el("div", { class: "metric-table" }, el("table", {}, el("caption", {}, label), el("thead", {}, head), el("tbody", {}, ...body)), more);
}

function isPlain(value) {
  return value !== null && value !== undefined && typeof value !== "object";
}

function labelOf(name) {
  return NAMES[name] ?? sentenceCase(name.replace(/(?:_time)?_seconds$/, "_time").replace(/(?<=.)_(?:percent|share|ratio)$/, "").replace(UNIT_WORDS, ""));
}

function written(name, value) {
  if (typeof value === "boolean") return "yes";
  if (typeof value !== "number") return String(value);
  if (name.endsWith("_seconds")) return duration(value);
  if (name.endsWith("_percent")) return percent(value);
  if (UNIT_WORDS.test(name)) return count(value, ["word", "words"]);
  if (/(?:^|_)(?:share|ratio|confidence|coverage)$/.test(name)) return share(value);
  return number(value);
}
