// The rules of `script/audit html`: all that html-validate recommends, but for what is written here.
import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // What a template tag leaves behind has no meaning in HTML, and compression takes it.
    "no-trailing-whitespace": "off",
    // A label around a control names it for browsers; programs that are steered by voice know some of them only by `for`.
    "no-redundant-for": "off",
    // The keys of other services: a program that keeps passwords shall offer neither the one of this site nor a new one.
    "autocomplete-password": "off",
    // Checkboxes of one name, and hidden fields of one name, are how a form sends a list; the rule knows only the first.
    "form-dup-name": "off",
  },
});
