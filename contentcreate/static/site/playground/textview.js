// How is the text shown with its findings marked?

import { el } from "./dom.js";
import { pieces, segments } from "./segments.js";
import { SEVERITIES } from "./model.js";

const CHUNK_CHARS = 1500;
const EMPTY_LINES = /(\n[^\S\n]*(?:\n[^\S\n]*)+)/;
const LONG_TEXT_CHARS = 60_000;
const WIDE_CHARS = 90; // longer spans are tinted, shorter ones underlined

export class TextView {
  constructor(box, { onChoose, onLeave }) {
    this.box = box;
    this.onChoose = onChoose;
    this.active = null;
    box.addEventListener("click", (event) => this.clicked(event));
    box.addEventListener("keydown", (event) => {
      if (!event.target.matches("mark")) return;
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault();
      onLeave(this.active);
    });
  }

  show(text, findings, format) {
    this.text = text;
    this.marks = new Map();
    this.findings = new Map(findings.map((finding) => [finding.index, finding]));
    this.box.classList.toggle("text-code", format === "html" || format === "page");
    this.box.classList.toggle("text-long", text.length > LONG_TEXT_CHARS);
    this.box.replaceChildren(...this.chunks(text, segments(findings)));
    if (this.active !== null) this.light(this.active);
  }

  // Brings the finding's place into view, the next one when it is asked for again.
  goTo(index, { focus = false } = {}) {
    const again = this.active === index;
    this.light(index);
    const places = this.placesOf(index);
    if (places.length === 0) return;
    this.place = again ? (this.place + 1) % places.length : 0;
    const mark = places[this.place];
    bringIntoView(mark);
    if (focus) {
      mark.tabIndex = 0;
      mark.focus({ preventScroll: true });
    }
  }

  light(index) {
    for (const mark of this.box.querySelectorAll("mark.active")) {
      mark.classList.remove("active");
      mark.tabIndex = -1;
    }
    this.active = index;
    for (const mark of this.marks.get(index) ?? []) mark.classList.add("active");
  }

  // The first mark of each span: a span may be cut into several marks.
  placesOf(index) {
    const starts = new Set((this.findings.get(index)?.spans ?? []).map((span) => span.start));
    return (this.marks.get(index) ?? []).filter((mark) => starts.has(Number(mark.dataset.start)));
  }

  // A stretch under several findings gives them in turn, the shortest first.
  clicked(event) {
    const mark = event.target.closest("mark");
    if (!mark || !getSelection().isCollapsed) return;
    const indexes = mark.dataset.findings.split(" ").map(Number);
    const now = indexes.indexOf(this.active);
    this.onChoose(indexes[(now + 1) % indexes.length]);
  }

  chunks(text, stretches) {
    const cuts = chunkEnds(text);
    const chunks = [];
    let chunk = null;
    let next = 0;
    for (const piece of pieces(text.length, stretches, cuts)) {
      if (chunk === null || piece.start === cuts[next]) {
        if (chunk !== null) next += 1;
        chunk = el("div", { class: "text-chunk" });
        chunks.push(chunk);
      }
      chunk.append(...this.marked(text.slice(piece.start, piece.end), piece));
    }
    return chunks;
  }

  // Empty lines inside a span are left bare: a mark would show as a sliver there.
  marked(words, { start, covering }) {
    if (covering.length === 0) return [words];
    if (words.trim() === "") return [this.mark(words, { start, covering })];
    let at = start;
    return words.split(EMPTY_LINES).map((part, place) => {
      const from = at;
      at += part.length;
      return place % 2 === 1 || part === "" ? part : this.mark(part, { start: from, covering });
    });
  }

  mark(words, { start, covering }) {
    const mark = el("mark", { class: this.look(covering), tabindex: "-1", "data-start": start, "data-findings": covering.join(" ") }, words);
    for (const index of covering) {
      if (!this.marks.has(index)) this.marks.set(index, []);
      this.marks.get(index).push(mark);
    }
    return mark;
  }

  look(covering) {
    const findings = covering.map((index) => this.findings.get(index));
    const narrow = gravest(findings.filter((finding) => !isWide(finding)));
    const wide = gravest(findings.filter(isWide));
    return [narrow && `line-${narrow}`, wide && `tint-${wide}`].filter(Boolean).join(" ");
  }
}

function isWide(finding) {
  return finding.spans.some((span) => span.end - span.start > WIDE_CHARS);
}

function gravest(findings) {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}

// Chunks end at line ends, so that the browser may skip those out of sight.
function chunkEnds(text) {
  const ends = [];
  let from = 0;
  for (;;) {
    const end = text.indexOf("\n", from + CHUNK_CHARS) + 1;
    if (end === 0 || end >= text.length) return ends;
    ends.push(end);
    from = end;
  }
}

// A long way is jumped, and jumped twice: heights are guesses until a chunk has been drawn.
function bringIntoView(mark) {
  const isFar = Math.abs(mark.getBoundingClientRect().top) > 2 * innerHeight;
  mark.scrollIntoView({ block: "center", behavior: isFar ? "instant" : "auto" });
  if (isFar) requestAnimationFrame(() => mark.scrollIntoView({ block: "center", behavior: "instant" }));
}
