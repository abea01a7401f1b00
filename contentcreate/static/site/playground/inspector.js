// Which finding is at hand, where the list is out of sight? A bar at the foot of narrow screens.

import { el, hiddenText, icon } from "./dom.js";
import { bodyOf } from "./findings.js";
import { SEVERITY_NAMES } from "./words.js";

export class Inspector {
  constructor(root, { onStep, onList }) {
    this.box = root.querySelector("[data-inspector]");
    this.body = root.querySelector("[data-inspector-body]");
    root.querySelector("[data-inspector-back]").addEventListener("click", () => onStep(-1));
    root.querySelector("[data-inspector-next]").addEventListener("click", () => onStep(1));
    root.querySelector("[data-inspector-list]").addEventListener("click", () => {
      this.hide();
      onList();
    });
    root.querySelector("[data-inspector-close]").addEventListener("click", () => this.hide());
  }

  show(finding) {
    const [severity] = SEVERITY_NAMES[finding.severity];
    this.body.replaceChildren(
      el("span", { class: `finding-sign sign-${finding.severity}` }, icon(finding.severity), hiddenText(`${severity}: `)),
      el("span", { class: "finding-body" }, ...bodyOf(finding)),
    );
    this.box.hidden = false;
  }

  hide() {
    this.box.hidden = true;
  }
}
