// What does the playground do, from the pasted text to the report?

import { analyse, askModel, compare, readContent, readPart } from "./client.js";
import { connectCallDialog } from "./curl.js";
import { Form } from "./form.js";
import { Notice } from "./notice.js";
import { Problem, unreachable } from "./problem.js";
import { ReportView } from "./report.js";
import { Waiting } from "./waiting.js";

const root = document.querySelector("[data-playground]");
const url = root.dataset.analysesUrl;
const composer = root.querySelector("[data-composer]");
const form = new Form(root, {
  onSubmit: submit,
  onSampleFailed: () => notice.show(unreachable()),
  anonymousMaxChars: Number(root.dataset.anonymousMaxChars),
});
const waiting = new Waiting(root, cancel);
const notice = new Notice(root.querySelector("[data-notice]"), submit);
const report = new ReportView(root.querySelector("[data-report]"), {
  offersModel: root.dataset.offersModel === "true",
  onAsk: ask,
  onAgain: readEarlier,
  onKey: () => backTo("key"),
});
const showCall = connectCallDialog(root);

let running = null;
let asking = null;
let done = null;
let wanted = "content";

async function submit() {
  notice.clear();
  form.clearErrors();
  if (form.text.trim() === "") {
    form.showErrors([{ name: "content", message: "Paste a text first, or try one of the samples." }]);
    return;
  }
  form.save();
  running?.abort();
  asking?.abort();
  const mine = new AbortController();
  running = mine;
  const call = { url, payload: form.payload(), key: form.key };
  try {
    form.lock(true);
    const onProgress = (analysis) => waiting.show(analysis);
    const analysis = await analyse({ ...call, signal: mine.signal, onProgress });
    const { payload } = call;
    finish(analysis, call, payload.format === "url" ? await readContent({ analysis, key: call.key }) : payload);
  } catch (error) {
    if (!mine.signal.aborted) fail(error);
  } finally {
    if (running === mine) rest();
  }
}

function rest() {
  running = null;
  form.lock(false);
  waiting.hide();
}

function cancel() {
  running?.abort();
  rest();
  waiting.say("Cancelled.");
  form.fields.content.focus();
}

// The source is the text that spans point into.
function finish(analysis, call, source) {
  const before = done && done.analysis.id !== analysis.id ? done.analysis.id : null;
  done = { analysis, call, source, comparison: null };
  show();
  if (before) compareWith(before);
  if (history.state?.view !== "report") history.pushState({ view: "report" }, "");
}

function show() {
  notice.forget();
  composer.hidden = true;
  report.show(done.analysis, done.source, { hasKey: done.call.key !== "" });
  if (done.comparison) report.compare(done.comparison);
}

// Not worth a complaint when it fails: the report is there.
async function compareWith(before) {
  const mine = done;
  mine.comparison = await compare({ url, before, after: mine.analysis.id, key: mine.call.key });
  if (done === mine && mine.comparison && composer.hidden) report.compare(mine.comparison);
}

// Known already, the report comes at once; what the model was asked before is asked along.
async function ask(task) {
  asking?.abort();
  const mine = done;
  asking = new AbortController();
  const { signal } = asking;
  const call = { ...mine.call, payload: { ...asText(mine), remote: wishes(mine, task) } };
  mine.call = call;
  const onAnswers = (answers) => {
    mine.analysis = { ...mine.analysis, remote: answers };
    if (done === mine) report.remote.update(answers);
  };
  onAnswers({ ...mine.analysis.remote, [task]: { status: "pending", model: null, error: null, result: null } });
  try {
    await askModel({ ...call, signal, onAnswers });
  } catch (error) {
    if (signal.aborted) return;
    onAnswers({ ...mine.analysis.remote, [task]: { status: "failed", model: null, error: `${error.message}. ${error.detail ?? ""}`, result: null } });
    if (!(error instanceof Problem)) throw error;
  }
}

function wishes({ call }, task) {
  return [...new Set([...(call.payload.remote ?? []), task])].sort();
}

// An address would be fetched anew, and a page that has changed since would be another text.
function asText({ analysis, call: { payload }, source }) {
  const url = analysis.input?.url;
  return { ...payload, content: source.content, format: source.format, ...(url ? { meta: { ...payload.meta, url } } : {}) };
}

async function readEarlier() {
  const mine = done;
  const corpus = await readPart({ analysis: mine.analysis, part: "corpus", key: mine.call.key });
  mine.analysis = { ...mine.analysis, corpus };
  if (done === mine) report.earlier.show(corpus, { hasKey: mine.call.key !== "" });
}

function fail(error) {
  rest();
  const problem = error instanceof Problem ? error : new Problem({ title: "This page met an error", detail: String(error.message) });
  if (!form.showErrors(problem.fields)) notice.show(problem);
  if (!(error instanceof Problem)) throw error;
}

function backTo(field) {
  wanted = field;
  history.back();
}

function backToForm() {
  report.hide();
  composer.hidden = false;
  form.focus(wanted);
  wanted = "content";
}

function download() {
  const file = new Blob([JSON.stringify(done.analysis, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${done.analysis.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

root.querySelector("[data-edit]").addEventListener("click", () => backTo("content"));
root.querySelector("[data-download]").addEventListener("click", download);
root.querySelector("[data-show-call]").addEventListener("click", () => {
  showCall({ ...done.call, hasKey: done.call.key !== "" });
});
addEventListener("popstate", ({ state }) => {
  if (state?.view !== "report") backToForm();
  else if (done) show();
});
if (history.state?.view === "report") history.replaceState(null, "");
