// What happens while the visitor waits?

import { duration, number } from "./words.js";

const STEPS = {
  sending: "Reading your text",
  queued: "Waiting for a free worker",
  running: "Reading your text",
  lost: "The connection is lost; trying to reach the service again",
};

export class Waiting {
  constructor(root, onCancel) {
    this.box = root.querySelector("[data-waiting]");
    this.step = root.querySelector("[data-waiting-step]");
    this.more = root.querySelector("[data-waiting-more]");
    this.live = root.querySelector("[data-live]");
    root.querySelector("[data-cancel]").addEventListener("click", onCancel);
  }

  show(analysis) {
    const opening = this.box.hidden;
    this.box.hidden = false;
    this.box.dataset.status = analysis.status;
    const step = STEPS[analysis.status] ?? STEPS.running;
    this.step.textContent = `${step} …`;
    this.more.textContent = whereItIs(analysis);
    this.say(`${step}. ${this.more.textContent}`);
    if (opening) this.step.focus();
  }

  hide() {
    this.box.hidden = true;
    this.live.textContent = "";
  }

  // Said aloud only when it differs, so that polling does not chatter.
  say(sentence) {
    if (this.live.textContent !== sentence) this.live.textContent = sentence;
  }
}

function whereItIs({ status, queue, progress }) {
  if (status === "queued" && queue) return placeInQueue(queue);
  if (status === "running" && progress?.total > 1) return `${number(progress.done)} of ${number(progress.total)} parts are done.`;
  return "";
}

function placeInQueue({ position, eta_seconds: eta }) {
  const parts = [];
  if (position > 1) parts.push(`Number ${number(position)} in the queue.`);
  if (position === 1) parts.push("Next in the queue.");
  if (eta > 0) parts.push(`About ${duration(eta)} to go.`);
  return parts.join(" ");
}
