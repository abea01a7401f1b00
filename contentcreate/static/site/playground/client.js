// How is an analysis asked for and waited for?

import { Problem, problemIn, problemOf, retryAfterSeconds, unreachable } from "./problem.js";

const WAIT_SECONDS = 5;
const FIRST_DELAY_SECONDS = 0.7;
const LONGEST_DELAY_SECONDS = 10;
const LOST_CONNECTIONS_BORNE = 6;
const FINAL = new Set(["succeeded", "failed", "canceled", "expired"]);

// Answers the finished analysis; throws a Problem, or an AbortError when the signal says so.
export async function analyse({ url, payload, key, signal, onProgress }) {
  onProgress({ status: "sending" });
  const [analysis, response] = await submit({ url, payload, key, signal });
  const isOver = ({ status }) => FINAL.has(status);
  const final = await poll(analysis, response, { address: analysis.urls.self, isOver, key, signal, onProgress });
  if (hasFailed(final.status)) throw problemIn(final);
  return final;
}

// Asks what the payload wishes of a language model; tells its answers as they come, until all are there.
export async function askModel({ url, payload, key, signal, onAnswers }) {
  const [analysis, response] = await submit({ url, payload, key, signal });
  const address = `${analysis.urls.self}?fields=id,status,error,remote`;
  const isOver = ({ status, remote }) => hasFailed(status) || !Object.values(remote).some(isPending);
  const onProgress = ({ remote }) => onAnswers(remote);
  const last = await poll(analysis, response, { address, isOver, key, signal, onProgress });
  if (hasFailed(last.status)) throw problemIn(last);
  onAnswers(last.remote);
}

// The text of an analysis that the service fetched itself.
export async function readContent({ analysis, key }) {
  const answer = await ask(here(`${analysis.urls.self}/content`), { headers: credentials(key) });
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

// One part of an analysis as it stands now; null when that cannot be told.
export async function readPart({ analysis, part, key }) {
  const answer = await tryToAsk(here(`${analysis.urls.self}?fields=${part}`), { headers: credentials(key) });
  return answer?.ok ? (await answer.json())[part] : null;
}

async function submit({ url, payload, key, signal }) {
  const response = await ask(url, {
    method: "POST",
    headers: { ...credentials(key), "Content-Type": "application/json", Prefer: `wait=${WAIT_SECONDS}` },
    body: JSON.stringify(payload),
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  return [await response.json(), response];
}

function hasFailed(status) {
  return FINAL.has(status) && status !== "succeeded";
}

function isPending({ status }) {
  return status === "pending";
}

// What changed between two finished analyses; null when that cannot be told.
export async function compare({ url, before, after, key }) {
  const address = `${url}/${encodeURIComponent(after)}/comparison?before=${encodeURIComponent(before)}`;
  const answer = await tryToAsk(address, { headers: credentials(key) });
  return answer?.ok ? answer.json() : null;
}

async function poll(first, response, { address, isOver, key, signal, onProgress }) {
  const backoff = new Backoff();
  let latest = first;
  let etag = response.headers.get("ETag");
  let answer = response;
  let lost = 0;
  while (!isOver(latest)) {
    onProgress(latest);
    await sleep(backoff.seconds(answer && retryAfterSeconds(answer)), signal);
    answer = await tryToAsk(here(address), { headers: { ...credentials(key), ...condition(etag) }, signal });
    lost = answer ? 0 : lost + 1;
    if (lost > LOST_CONNECTIONS_BORNE) throw unreachable();
    if (!answer) latest = { ...latest, status: "lost" };
    else if (answer.ok) {
      latest = await answer.json();
      etag = answer.headers.get("ETag");
      backoff.reset();
    } else if (!mayPass(answer.status)) throw await problemOf(answer);
  }
  return latest;
}

// Behind a proxy the service may know itself by another name than this page's.
function here(address) {
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}

// 304: nothing new. 429 and 503 say when to come back. All others are final.
function mayPass(status) {
  return status === 304 || status === 429 || status === 503;
}

function credentials(key) {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

function condition(etag) {
  return etag ? { "If-None-Match": etag } : {};
}

async function ask(url, options) {
  try {
    return await fetch(url, { ...options, credentials: "omit", cache: "no-store", headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (!(error instanceof TypeError)) throw new Problem({ title: "The text could not be sent", detail: String(error.message) });
    throw unreachable();
  }
}

async function tryToAsk(url, options) {
  try {
    return await ask(url, options);
  } catch (error) {
    if (error.code === "unreachable") return null;
    throw error;
  }
}

class Backoff {
  constructor() {
    this.reset();
  }

  reset() {
    this.next = FIRST_DELAY_SECONDS;
  }

  // The service's own word counts; without one the waits grow.
  seconds(told) {
    const own = this.next;
    this.next = Math.min(LONGEST_DELAY_SECONDS, this.next * 1.6);
    return told === null || told === undefined ? own : Math.max(told, FIRST_DELAY_SECONDS);
  }
}

function sleep(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
