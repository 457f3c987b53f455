"""What `script/soak feeds` reads: calendars of the test corpus and made-up ones, damaged in every way we know."""
