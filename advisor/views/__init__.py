"""The advisor's pages, by noun: scope, read the form, call a service, show."""
