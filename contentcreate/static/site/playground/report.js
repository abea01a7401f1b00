// How do the parts of a report work together?

import { ComparisonView } from "./comparison.js";
import { FindingsPane } from "./findings.js";
import { Inspector } from "./inspector.js";
import { findingsOf } from "./model.js";
import { Sections } from "./sections.js";
import { Summary } from "./summary.js";
import { TextView } from "./textview.js";

export class ReportView {
  constructor(root) {
    this.root = root;
    const onNarrow = (only) => this.narrow(only);
    this.summary = new Summary(root, { onNarrow });
    this.sections = new Sections(root, { onNarrow });
    this.comparison = new ComparisonView(root, { onOnlyNew: (only) => this.pane.showOnlyNew(only) });
    this.pane = new FindingsPane(root, {
      onChoose: (index, how) => this.choose(index, how),
      onFilter: (shown) => {
        this.textView.show(this.text, shown, this.format);
        this.comparison.press(this.pane.onlyNew);
      },
    });
    this.textView = new TextView(root.querySelector("[data-text]"), {
      onChoose: (index) => this.chooseFromText(index),
      onLeave: (index) => this.backToList(index),
    });
    this.inspector = new Inspector(root, { onStep: (by) => this.step(by), onList: () => this.pane.focus(this.active) });
  }

  show(analysis, { content, format }) {
    const report = analysis.results;
    this.text = content;
    this.format = format;
    this.active = null;
    this.textView.active = null;
    this.findings = findingsOf(report, content);
    this.inspector.hide();
    this.comparison.hide();
    this.summary.show(report, this.findings);
    this.sections.show(report.sections);
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
    this.light(index);
    this.textView.light(index);
  }

  backToList(index) {
    this.inspector.hide();
    this.pane.focus(index);
  }

  step(by) {
    const shown = this.pane.shownIndexes;
    const next = shown[(shown.indexOf(this.active) + by + shown.length) % shown.length];
    this.choose(next, {});
  }

  light(index) {
    this.active = index;
    this.pane.light(index);
    this.inspector.show(this.findings[index]);
  }

  narrow(only) {
    this.pane.narrow(only);
    const title = this.root.querySelector(".findings-pane");
    title.scrollIntoView({ block: "start" });
    this.pane.list.querySelector("button")?.focus({ preventScroll: true });
  }
}
