/* The admin for keyboards and screen readers: unfold opens its menus with things that are no buttons. */
"use strict";

{
  const words = document.currentScript.dataset;
  const ICON = ".material-symbols-outlined";
  const NATIVE = "a[href], button, input, select, textarea, summary, label";
  const names = { dock_to_right: words.menu, close: words.menuClose, search: words.search, nutrition: words.home };

  for (const one of document.querySelectorAll("[x-on\\:click]")) {
    if (one.matches(NATIVE) || !one.textContent.trim() || one.querySelector(NATIVE)) continue;
    one.setAttribute("role", "button");
    one.tabIndex = 0;
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      one.click();
      // What closes the menu goes with it: the focus returns to what opened it.
      setTimeout(() => {
        const openers = [...document.querySelectorAll(`[aria-label="${CSS.escape(words.menu)}"]`)];
        if (!one.offsetParent) openers.find((opener) => opener.offsetParent)?.focus();
      }, 50);
    });
  }

  // Ligatures of the icon font are no words: "assignment_ind Roster". Where they are all there is, a name takes their place.
  for (const icon of document.querySelectorAll(ICON)) {
    const control = icon.closest("a, button, [role='button']");
    const ligature = icon.textContent.trim();
    if (control && control.textContent.trim() === ligature && !control.title) {
      control.setAttribute("aria-label", names[ligature] || ligature.replaceAll("_", " "));
    }
    if (icon !== control) icon.setAttribute("aria-hidden", "true");
  }

  // A table wider than a phone scrolls by itself, also with the keyboard.
  for (const facts of document.querySelectorAll(".readonly:has(.facts)")) {
    facts.tabIndex = 0;
    facts.setAttribute("role", "group");
    const label = facts.closest(".field-line")?.querySelector("label");
    if (label) facts.setAttribute("aria-label", label.textContent.trim());
  }

  // The library that scrolls calls every area "scrollable content"; it starts after this.
  const pages = document.getElementById("nav-sidebar-apps");
  if (pages) pages.dataset.simplebarAriaLabel = words.scrolled;

  // What searches in a list of choices has the name of the field it fills. It is made late, and anew with every choice.
  const nameFields = () => {
    for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
      const label = field.closest(".select2")?.previousElementSibling?.labels?.[0];
      field.setAttribute("aria-label", label ? label.textContent.trim() : words.search);
    }
  };
  new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
}
