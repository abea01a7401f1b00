// Which of the panels beside the text is seen? One stop for the tab key; arrows move between tabs.

export class Tabs {
  constructor(list) {
    this.tabs = [...list.querySelectorAll('[role="tab"]')];
    list.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) this.show(tab.id);
    });
    list.addEventListener("keydown", (event) => this.moved(event));
    this.show(this.tabs[0].id);
  }

  show(id) {
    for (const tab of this.tabs) {
      const isShown = tab.id === id;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isShown;
    }
  }

  moved(event) {
    const last = this.tabs.length - 1;
    const now = this.tabs.indexOf(event.target.closest('[role="tab"]'));
    const goal = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.show(this.tabs[goal].id);
    this.tabs[goal].focus();
  }
}
