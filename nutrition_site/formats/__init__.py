"""Formats of dates and times where a language of ours writes them otherwise than Django does."""
