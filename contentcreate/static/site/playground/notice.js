// How is a problem told, and how does one get out of it?

import { el } from "./dom.js";

const MOST_AUTOMATIC_RETRIES = 5;

export class Notice {
  constructor(box, retry) {
    this.box = box;
    this.retry = retry;
    this.retries = 0;
  }

  clear() {
    clearInterval(this.timer);
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  // A success in between starts the count of automatic retries anew.
  forget() {
    this.retries = 0;
  }

  show(problem) {
    this.clear();
    this.box.append(el("h2", {}, problem.title), el("p", {}, problem.detail), this.ways(problem));
    if (problem.requestId) this.box.append(el("p", { class: "notice-id" }, `Request ${problem.requestId}`));
    this.box.hidden = false;
  }

  ways(problem) {
    const row = el("p", { class: "notice-ways" });
    const mends = problem.fields.length === 0;
    if (mends && problem.retryAfterSeconds !== null && this.retries < MOST_AUTOMATIC_RETRIES) this.countDown(row, problem.retryAfterSeconds);
    else if (mends) row.append(this.again());
    if (problem.docs) row.append(el("a", { href: problem.docs }, "What this means"));
    return row;
  }

  again() {
    const button = el("button", { type: "button", class: "button" }, "Try again");
    button.addEventListener("click", () => this.retry());
    return button;
  }

  countDown(row, seconds) {
    const due = Date.now() + seconds * 1000;
    const clock = el("strong", {});
    const stop = el("button", { type: "button", class: "link-button" }, "Stop");
    const waiting = el("span", { class: "countdown", "aria-live": "off" }, "Trying again in ", clock, ". ", stop);
    const tick = () => {
      const left = Math.ceil((due - Date.now()) / 1000);
      clock.textContent = `${Math.max(0, left)} s`;
      if (left > 0) return;
      this.retries += 1;
      this.retry();
    };
    stop.addEventListener("click", () => {
      clearInterval(this.timer);
      waiting.replaceWith(this.again());
    });
    row.append(waiting);
    this.timer = setInterval(tick, 250);
    tick();
  }
}
