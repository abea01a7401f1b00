// Which of Django's own fields have no name for whoever hears the page? They get the one that is seen.
document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector(".admin-autocomplete, .selectfilter")) return;

  const nameOf = (select) => document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent.trim();

  const give = (place, name, value) => place.getAttribute(name) === value || place.setAttribute(name, value);

  const nameAll = () => {
    document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
      const boxes = select.parentElement.querySelectorAll("[role=combobox], [role=textbox]");
      boxes.forEach((box) => give(box, "aria-label", nameOf(select) ?? select.name));
    });
    document.querySelectorAll(".help-tooltip[aria-label]").forEach((hint) => give(hint, "role", "img"));
  };

  // Their widgets are put in place later, by scripts of their own.
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
});
