// What went wrong, in plain words, and what helps?

const OWN_WORDS = {
  401: "The API key was not accepted",
  413: "The text is too long",
  429: "That was a little fast",
  500: "Something broke on our side",
  503: "The service is busy",
};

export class Problem extends Error {
  constructor({ title, detail = "", status = 0, code = "", fields = [], retryAfterSeconds = null, docs = "", requestId = "" }) {
    super(title);
    Object.assign(this, { title, detail, status, code, fields, retryAfterSeconds, docs, requestId });
  }
}

export function unreachable() {
  return new Problem({
    title: "The service cannot be reached",
    detail: "Your text is safe in this tab. Check your connection, then try again.",
    code: "unreachable",
  });
}

export async function problemOf(response) {
  const body = await bodyOf(response);
  return new Problem({
    title: OWN_WORDS[response.status] ?? body.title ?? "The service gave an answer that this page does not know",
    detail: body.detail ?? `HTTP status ${response.status}.`,
    status: response.status,
    code: body.code ?? "",
    fields: fieldsOf(response.status, body),
    retryAfterSeconds: retryAfterSeconds(response),
    docs: sameOrigin(body.docs ?? body.type),
    requestId: body.request_id ?? response.headers.get("X-Request-Id") ?? "",
  });
}

// A problem that an analysis carries instead of a report.
export function problemIn(analysis) {
  const error = analysis.error ?? {};
  return new Problem({
    title: error.title ?? `The analysis was ${analysis.status}`,
    detail: error.detail ?? "Submit the text again to start anew.",
    code: error.code ?? analysis.status,
    docs: sameOrigin(error.type),
    requestId: analysis.id,
  });
}

export function retryAfterSeconds(response) {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

async function bodyOf(response) {
  try {
    const body = await response.json();
    return body !== null && typeof body === "object" ? body : {};
  } catch {
    return {}; // a proxy's own page
  }
}

// Problems belong to the field that can mend them, named like the API's pointers without the slash.
function fieldsOf(status, body) {
  if (status === 401) return [{ name: "key", message: body.detail ?? "This key was not accepted." }];
  if (status === 413) return [{ name: "content", message: body.detail ?? "This text is too long." }];
  if (!Array.isArray(body.errors)) return [];
  return body.errors.map(({ pointer, message }) => ({ name: String(pointer).replace(/^\//, ""), message }));
}

function sameOrigin(address) {
  try {
    return new URL(address).origin === location.origin ? address : "";
  } catch {
    return "";
  }
}
