// What does a language model say, where one is in service and the visitor asks it?

import { el } from "./dom.js";
import { shorten } from "./words.js";

const TASKS = {
  summary: { title: "Summary", what: "What the text says, in three sentences.", ask: "Summarise it", done: "The summary is there." },
  rewrites: { title: "Rewrites", what: "Sentences that are hard to read, said more clearly.", ask: "Suggest rewrites", done: "The rewrites are there." },
};
const SLOW_AFTER_MS = 30_000;
const EXCERPT_CHARS = 200;
const PENDING = "The model reads your text. You may go on: the answer comes here.";
const SLOW = "It takes longer than usual. The answer comes here once it is there.";

export class RemoteAnswers {
  constructor(root, { isOffered, onAsk, onKey, onPlace }) {
    this.box = root.querySelector("[data-model]");
    this.count = root.querySelector("[data-model-count]");
    this.live = root.querySelector("[data-model-live]");
    Object.assign(this, { isOffered, onAsk, onKey, onPlace });
  }

  // A new report: whatever was asked about the one before is over.
  show(answers, { hasKey }) {
    this.live.textContent = "";
    this.answers = {};
    this.cards = {};
    const isOpen = Boolean(answers) || (this.isOffered && hasKey);
    this.box.replaceChildren(...(isOpen ? this.taskCards() : [this.closed()]));
    this.update(answers ?? {});
  }

  // `answers` as the API tells them, by task; those that did not change are left alone.
  update(answers) {
    for (const [task, answer] of Object.entries(answers)) {
      if (!(task in TASKS) || JSON.stringify(answer) === JSON.stringify(this.answers[task])) continue;
      if (this.answers[task]?.status === "pending") this.live.textContent = answer.error ?? TASKS[task].done;
      this.answers[task] = answer;
      this.draw(task);
    }
    this.count.textContent = Object.values(this.answers).filter(({ status }) => status === "succeeded").length || "";
  }

  taskCards() {
    for (const task of Object.keys(TASKS)) this.draw(task);
    return Object.values(this.cards);
  }

  closed() {
    if (!this.isOffered) {
      return el("section", { class: "card card-empty" }, el("p", {}, "No language model is in service here. Where an operator names one, it summarises texts and suggests rewrites for those who ask it."));
    }
    return el("section", { class: "card card-empty" }, el("p", {}, "With an API key, a language model summarises this text and suggests rewrites."), this.button("Give a key", this.onKey));
  }

  draw(task) {
    const answer = this.answers[task];
    const before = this.cards[task];
    const title = el("h3", { tabindex: "-1" }, TASKS[task].title);
    const isPending = answer?.status === "pending";
    const card = el("section", { class: "card", "aria-busy": String(isPending) }, el("div", { class: "card-head" }, title), ...this.body(task, answer));
    this.cards[task] = card;
    const hadFocus = before?.contains(document.activeElement);
    before?.replaceWith(card);
    if (hadFocus) title.focus();
    if (isPending) admitDelay(card.querySelector("[data-pending]"));
  }

  body(task, answer) {
    const { what, ask } = TASKS[task];
    const again = (name) => this.button(name, () => this.onAsk(task));
    if (!answer) return [el("p", { class: "soft" }, `${what} The text is sent to the model that the operator of this service chose.`), again(ask)];
    if (answer.status === "pending") return [el("p", { class: "soft", "data-pending": true }, PENDING), el("div", { class: "skeleton", "aria-hidden": "true" }, el("i", {}), el("i", {}), el("i", {}))];
    if (answer.status === "failed") return [el("p", { class: "card-error" }, answer.error), again("Ask again")];
    return [...this.said(task, answer.result), el("p", { class: "soft" }, source(answer))];
  }

  said(task, { summary, rewrites }) {
    if (task === "summary") return [el("p", { class: "model-words" }, unescaped(summary))];
    if (rewrites.length === 0) return [el("p", {}, "It would leave the text as it is.")];
    return [el("ul", { class: "passages" }, ...rewrites.map((rewrite) => this.rewrite(rewrite)))];
  }

  rewrite({ span, excerpt, suggestion, reason }) {
    const better = unescaped(suggestion);
    const why = unescaped(reason);
    const button = el(
      "button",
      { type: "button", class: "place" },
      el("span", { class: "place-words" }, shorten(excerpt, EXCERPT_CHARS)),
      el("span", { class: "finding-try" }, "Try ", el("b", {}, better)),
      why ? el("span", { class: "soft" }, why) : null,
    );
    button.addEventListener("click", ({ detail }) => {
      this.onPlace({ message: why || "This can be said more clearly.", sectionTitle: "Language model", span, replacements: [better] }, { from: button, focus: detail === 0 });
    });
    return el("li", {}, button);
  }

  button(name, onClick) {
    const button = el("button", { type: "button", class: "button-quiet" }, name);
    button.addEventListener("click", onClick);
    return el("p", {}, button);
  }
}

function admitDelay(line) {
  setTimeout(() => (line.textContent = SLOW), SLOW_AFTER_MS);
}

function source({ model, result }) {
  const part = result.truncated ? " It read the beginning of the text only." : "";
  return `By ${model}: a machine's word, not scored.${part}`;
}

// The API writes the sign that opens tags as an entity; here text is never markup.
function unescaped(text) {
  return text.replaceAll("&lt;", "<");
}
