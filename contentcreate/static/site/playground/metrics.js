// How is a measurement written for people?

import { el } from "./dom.js";
import { RATING_NAMES, count, duration, number, sentenceCase, share } from "./words.js";

const MOST_ROWS = 10;
const UNIT_WORDS = /(?<=[a-z])_words$/;
const NAMES = {
  automated_readability_index: "Automated readability index",
  coleman_liau: "Coleman–Liau",
  flesch_kincaid_grade: "Flesch–Kincaid grade",
  gunning_fog: "Gunning fog",
  lix: "LIX",
  mtld: "MTLD",
  per_1000_words: "Per 1,000 words",
  smog: "SMOG",
};

// Scalars become rows of one list; lists of objects become tables.
export function metricsOf(metrics) {
  const rows = [];
  const tables = [];
  collect(metrics, "", rows, tables);
  const parts = [];
  if (rows.length > 0) parts.push(el("dl", { class: "metrics" }, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
  return [...parts, ...tables];
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
    rows.push(...values.map(({ id, rating }) => [sentenceCase(id), RATING_NAMES[rating]]));
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
  if (name.endsWith("_percent")) return `${number(value)} %`;
  if (UNIT_WORDS.test(name)) return count(value, ["word", "words"]);
  if (/(?:^|_)(?:share|ratio|confidence|coverage)$/.test(name)) return share(value);
  return number(value);
}
