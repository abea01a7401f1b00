// Does the console turn dark with the system? Unfold looks once, when a page is loaded.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  const page = Alpine.$data(document.documentElement);
  if (page.adminTheme !== "auto") return;
  page.adminTheme = "";
  page.adminTheme = "auto"; // it was never another one, but Alpine looks again
});
