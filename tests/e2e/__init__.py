"""People's stories in a real browser. `script/e2e` runs them; `script/test` does not."""
