"""Everyday English words, by which English is told from other languages, and words that Serbian shares with it."""

from __future__ import annotations

# Common words of the other language that are spelled like words of the lexicon, and names shared by both.
_BOTH_WORDS = """
plan a i o do to on me te si sad start list lists model protein proteins tempo interval intervals program marathon gel
gels gluten vitamin stress stres form forma lab pilates yoga tofu tempeh mango kefir ajvar pizza granola avocado sam
mora dana max min kg g ml h kcal tri pet most more post pre fit sport diet menu had but gram lan med tost som rest
even sir nar tuna bar pica luke par hummus humus bulgur skyr skir feta no of ok okay super dan sat kale gi tan past
far are home line
"""
_ENGLISH_WORDS = """
the an and or of in for with my your what when how why who which is are am was were be been can could should would may
might will shall have has did does it this that these those there here if then than so not please today tomorrow
yesterday tonight week weekend day days night morning evening before after during until from eat eating food meal
meals breakfast lunch dinner snack snacks drink drinking water recipe cook buy shopping grocery long run ride bike
swim race workout training session hard easy much many any some need want like carbs carb fat fiber calories energy
sodium salt iron calcium caffeine coffee milk bread rice chicken egg eggs show tell give make swap change replace lock
add remove explain compare hello hi hey thanks thank you help i'm don't what's still enough good safe about at by
we our next last monday tuesday wednesday thursday friday saturday sunday target targets weight body goal hours
minutes grams without instead something else another up out over under high low now delete data became become got
get going went ate eaten hungry thirsty tired vegetarian allergic hate love tell know think mean means stop start
cancel move shift shorten lengthen skip bought finished done best better worse bad great sure maybe really very too
also just only every each all both again back into onto than because while since until between around per cup
spoon yes no okay sorry cool nice sounds confirm undo forget remember keep leave
"""
BOTH = frozenset(_BOTH_WORDS.split())
ENGLISH = frozenset(_ENGLISH_WORDS.split())
