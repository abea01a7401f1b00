// Which format does a pasted text seem to have?

const TAG = /<(?:!doctype html|html|body|article|section|div|p|h[1-6]|ul|ol|table|a|img)\b[^>]*>/i;
const MARKDOWN = [/^#{1,6} \S/m, /^(?:[-*+]|\d+\.) \S/m, /\[[^\]\n]+\]\([^)\s]+\)/, /^```/m, /\*\*\S[^*\n]*\*\*/, /^> \S/m];

// Its head speaks of it, and what is not its text is to be left out.
export function isWholePage(text) {
  return /^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html)\b/i.test(text.slice(0, 5000));
}

// One sign may be chance: a dash opens a line of plain text as well. A heading is sign enough.
export function guessFormat(text) {
  const start = text.slice(0, 20000);
  if (/^\s*https?:\/\/\S+\s*$/i.test(start)) return "url";
  if (TAG.test(start)) return "html";
  const signs = MARKDOWN.filter((sign) => sign.test(start)).length;
  return signs >= 2 || MARKDOWN[0].test(start) ? "markdown" : "text";
}
