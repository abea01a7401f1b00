// How do the parts of a report work together?

import { utf16Offsets } from "./codepoints.js";
import { ComparisonView } from "./comparison.js";
import { EarlierTexts } from "./earlier.js";
import { FindingsPane } from "./findings.js";
import { Inspector } from "./inspector.js";
import { findingsOf } from "./model.js";
import { RemoteAnswers } from "./remote.js";
import { Sections } from "./sections.js";
import { Summary } from "./summary.js";
import { Tabs } from "./tabs.js";
import { TextView } from "./textview.js";

export class ReportView {
  constructor(root, { offersModel, onAsk, onKey, onAgain }) {
    this.root = root;
    const onNarrow = (only) => this.narrow(only);
    const onPlace = (place, how) => this.point(place, how);
    this.tabs = new Tabs(root.querySelector("[role=tablist]"));
    this.summary = new Summary(root, { onNarrow });
    this.sections = new Sections(root, { onNarrow });
    this.comparison = new ComparisonView(root, { onOnlyNew: (only) => this.showOnlyNew(only) });
    this.earlier = new EarlierTexts(root, { onPlace, onKey, onAgain });
    this.remote = new RemoteAnswers(root, { isOffered: offersModel, onAsk, onKey, onPlace });
    this.pane = new FindingsPane(root, {
      onChoose: (index, how) => this.choose(index, how),
      onFilter: (shown) => {
        this.shown = shown;
        this.drawText();
        this.comparison.press(this.pane.onlyNew);
      },
    });
    this.textView = new TextView(root.querySelector("[data-text]"), {
      onChoose: (index) => this.chooseFromText(index),
      onLeave: (index) => this.backToList(index),
    });
    this.inspector = new Inspector(root, { onStep: (by) => this.step(by), onList: () => this.backToList(this.active) });
  }

  show(analysis, { content, format }, { hasKey }) {
    const report = analysis.results;
    this.text = content;
    this.format = format;
    this.active = null;
    this.pointed = null;
    this.textView.active = null;
    this.findings = findingsOf(report, content);
    this.inspector.hide();
    this.comparison.hide();
    this.tabs.show("findings-tab");
    this.summary.show(report, this.findings);
    this.sections.show(report.sections);
    this.earlier.show(analysis.corpus, { hasKey });
    this.remote.show(analysis.remote, { hasKey });
    this.pane.show(this.findings, report.sections);
    this.root.hidden = false;
    scrollTo({ top: 0, behavior: "instant" });
    this.root.querySelector("[data-report-title]").focus({ preventScroll: true });
  }

  compare(comparison) {
    this.comparison.show(comparison);
    this.pane.markNew(new Set(comparison.new.map((finding) => finding.key)));
  }

  hide() {
    this.root.hidden = true;
    this.inspector.hide();
  }

  choose(index, how) {
    this.light(index);
    this.textView.goTo(index, how);
  }

  chooseFromText(index) {
    if (index < this.findings.length) this.tabs.show("findings-tab");
    this.light(index);
    this.textView.light(index);
  }

  // Shows a place that no finding is about: it gets a mark of its own until another one is chosen.
  point(place, { from, focus }) {
    this.leavePlace();
    const offset = utf16Offsets(this.text);
    const span = { start: offset(place.span.start), end: offset(place.span.end) };
    this.pointed = { ...place, index: this.findings.length, severity: "info", excerpt: this.text.slice(span.start, span.end), spans: [span], from };
    from.setAttribute("aria-current", "true");
    this.drawText();
    this.choose(this.pointed.index, { focus });
  }

  backToList(index) {
    this.inspector.hide();
    const from = index === this.pointed?.index ? this.pointed.from : null;
    this.tabs.show(from ? from.closest("[role=tabpanel]").getAttribute("aria-labelledby") : "findings-tab");
    if (from) from.focus();
    else this.pane.focus(index);
  }

  step(by) {
    const shown = this.pane.shownIndexes;
    if (shown.length === 0) return;
    const next = shown[(shown.indexOf(this.active) + by + shown.length) % shown.length];
    this.choose(next, {});
  }

  light(index) {
    if (this.pointed && index !== this.pointed.index) {
      this.leavePlace();
      this.drawText();
    }
    this.active = index;
    this.pane.light(index);
    this.inspector.show(this.findings[index] ?? this.pointed);
  }

  leavePlace() {
    this.pointed?.from.removeAttribute("aria-current");
    this.pointed = null;
  }

  drawText() {
    this.textView.show(this.text, this.pointed ? [...this.shown, this.pointed] : this.shown, this.format);
  }

  showOnlyNew(only) {
    this.tabs.show("findings-tab");
    this.pane.showOnlyNew(only);
  }

  narrow(only) {
    this.tabs.show("findings-tab");
    this.pane.narrow(only);
    this.root.querySelector("[data-side]").scrollIntoView({ block: "start" });
    this.pane.list.querySelector("button")?.focus({ preventScroll: true });
  }
}
