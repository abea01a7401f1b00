// What does the visitor want analysed? Reads the form, keeps the draft, shows errors at their fields.

import { countPoints } from "./codepoints.js";
import { recall, remember } from "./draft.js";
import { guessFormat, isWholePage } from "./format.js";
import { count, number } from "./words.js";

const META = ["keyphrase", "title", "description", "slug"];
const USUAL_PROFILE = "standard";
const SAVE_AFTER_MS = 400;

export class Form {
  constructor(root, { onSubmit, onSampleFailed, anonymousMaxChars }) {
    this.root = root;
    this.form = root.querySelector("[data-form]");
    this.fields = this.form.elements;
    this.anonymousMaxChars = anonymousMaxChars;
    this.formatChosen = false;
    this.restore();
    this.listen(onSubmit, onSampleFailed);
    this.showCount();
  }

  get text() {
    return this.fields.content.value;
  }

  get isAddress() {
    return this.fields.format.value === "url";
  }

  get format() {
    const chosen = this.fields.format.value;
    return chosen === "html" && isWholePage(this.text) ? "page" : chosen;
  }

  get key() {
    return this.fields.key.value.trim();
  }

  payload() {
    const meta = Object.fromEntries(META.map((name) => [name, this.fields[name].value.trim()]).filter(([, value]) => value));
    const payload = { content: this.text, format: this.format };
    if (this.fields.profile.value !== USUAL_PROFILE) payload.profile = this.fields.profile.value;
    return Object.keys(meta).length > 0 ? { ...payload, meta } : payload;
  }

  // Whether a problem found its fields; those that have none are for the notice.
  showErrors(fields) {
    const shown = fields.filter(({ name, message }) => this.showError(name, message));
    this.form.querySelector('[aria-invalid="true"]')?.focus();
    return shown.length > 0 && shown.length === fields.length;
  }

  focus(name) {
    const input = this.fields[name];
    const group = input.closest("details");
    if (group) group.open = true;
    input.focus();
  }

  clearErrors() {
    for (const line of this.form.querySelectorAll("[data-error]")) line.hidden = true;
    for (const input of this.form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  lock(locked) {
    for (const part of this.form.querySelectorAll("[data-lockable]")) part.inert = locked;
  }

  showError(name, message) {
    const field = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (!field) return false;
    const line = field.querySelector("[data-error]");
    line.textContent = message;
    line.hidden = false;
    field.querySelector("textarea, select, input:not([type=radio])").setAttribute("aria-invalid", "true");
    const group = field.closest("details");
    if (group) group.open = true;
    return true;
  }

  listen(onSubmit, onSampleFailed) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      onSubmit();
    });
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSubmit();
    });
    for (const radio of this.fields.format) radio.addEventListener("change", () => (this.formatChosen = true));
    this.fields.content.addEventListener("paste", (event) => this.pasted(event));
    for (const button of this.root.querySelectorAll("[data-sample]")) {
      button.addEventListener("click", () => this.fill(button.dataset).catch(onSampleFailed));
    }
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!this.formatChosen && this.text.trim() === "" && text) this.fields.format.value = guessFormat(text);
  }

  async fill({ sample, format, ...meta }) {
    const response = await fetch(sample);
    if (!response.ok) throw new TypeError(`The sample answered ${response.status}.`);
    this.fields.content.value = await response.text();
    this.fields.format.value = format;
    for (const name of META) this.fields[name].value = meta[name] ?? "";
    this.openOptions(META.some((name) => meta[name]));
    this.fields.content.focus({ preventScroll: true });
    this.fields.content.setSelectionRange(0, 0);
    this.fields.content.scrollTop = 0;
    this.changed();
  }

  changed() {
    this.clearErrors();
    this.showCount();
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  save() {
    remember("draft", { ...this.payload(), format: this.fields.format.value, formatChosen: this.formatChosen });
    remember("key", this.key);
  }

  restore() {
    this.fields.key.value = recall("key") ?? "";
    this.form.querySelector("[data-key-options]").open = this.key !== "";
    this.openOptions(false);
    const draft = recall("draft");
    if (!draft) return;
    this.formatChosen = draft.formatChosen;
    this.fields.content.value = draft.content;
    this.fields.format.value = draft.format;
    this.fields.profile.value = draft.profile ?? USUAL_PROFILE;
    if (!this.fields.profile.value) this.fields.profile.value = USUAL_PROFILE;
    for (const name of META) this.fields[name].value = draft.meta?.[name] ?? "";
    this.openOptions(Boolean(draft.meta));
  }

  // Where there is room beside the text, the fields stand open.
  openOptions(filled) {
    const beside = matchMedia("(min-width: 56.01rem)").matches;
    this.form.querySelector("[data-options]").open = filled || beside;
  }

  showCount() {
    const line = this.form.querySelector("[data-count]");
    this.fields.content.placeholder = this.isAddress ? "https://example.org/an-article" : "Paste or write your text here …";
    if (this.isAddress) {
      line.classList.toggle("count-over", !this.key);
      line.textContent = this.key ? "The page at this address is fetched and read" : "Pages are fetched for visitors with an API key";
      return;
    }
    const length = countPoints(this.text);
    const tooMany = this.key ? 0 : length - this.anonymousMaxChars;
    line.classList.toggle("count-over", tooMany > 0);
    line.textContent = tooMany > 0
      ? `${count(length, ["character", "characters"])}: ${number(tooMany)} more than go without an API key`
      : count(length, ["character", "characters"]);
  }
}
