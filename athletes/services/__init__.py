"""Everything that writes athletes' data, by noun: profile, coaches, calendars, events, measurements."""
