"""Claims of deeds: an answer only ever proposes, so it may not say that something was done, or will be, by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.reading import folded, split_sentences

_DID = (
    r"(?:swapped|switched|exchanged|changed|updated|replaced|moved|added|removed|deleted|booked|saved|set|adjusted|"
    r"rescheduled|locked|unlocked|edited|modified|applied|logged|recorded|noted|stored|sent|emailed|notified|contacted|"
    r"told your|ordered|bought|scheduled|cancell?ed|confirmed|cleared|marked|put|placed|scrapped|dropped|increased|"
    r"reduced|raised|lowered|replanned|re-?planned|re-?solved|regenerated|rebuilt|made (?:the|that|this|your|those|"
    r"all)|"
    r"taken (?:care|out|off|the liberty)|gone ahead|went ahead|took (?:care|the liberty|out|off)|fixed|sorted|arranged|"
    r"done (?:it|that|so|this)|did (?:it|that|so|this))"
)
_DO = (
    r"(?:swap|switch|exchange|change|update|replace|move|add|remove|delete|book|save|adjust|reschedule|lock|unlock|"
    r"edit|modify|apply|log|record|store|send|email|notify|contact|order|buy|schedule|cancel|confirm|replan|re-?solve|"
    r"regenerate|take care of|make (?:the|that|this) change|do (?:it|that) for you)"
)
_STATE = (
    r"(?:swapped|switched|changed|updated|replaced|moved|added|removed|deleted|booked|saved|adjusted|rescheduled|"
    r"locked|"
    r"applied|confirmed|recorded|logged|cancell?ed|ordered|notified|informed|contacted|emailed|sent|in place|live|done|"
    r"complete|all set|sorted)"
)
_THING = (
    r"(?:plan|list|shopping list|calendar|week|day|menu|meals?|dish|dinner|lunch|breakfast|snack|profile|targets?|"
    r"preferences?|swap|change|changes|update|event|run|ride|swim|session|race|workout)"
)
_ADVERBS = r"(?:(?:just|now|already|also|successfully|gladly|since|both|all|gone ahead and|went ahead and)\s+)*"
_PAST = re.compile(
    rf"\b(?:i|we)(?:'ve| have|'m| am|'d)?\s+{_ADVERBS}{_DID}\b"
    rf"|\b(?:has|have|had) {_ADVERBS}been {_ADVERBS}{_STATE}\b"
    rf"|\b(?:was|were|got) (?:just |now |successfully )+{_STATE}\b"
    rf"|(?:^|[.!?:;\n-]\s*)(?:ok(?:ay)?[,! ]+|sure[,! ]+|great[,! ]+|alright[,! ]+|it's |it is |that's |that is |all )*"
    r"(?:done|all set|sorted|swapped|updated|changed|added|removed|booked|saved|locked|consider it done|"
    r"mission accomplished)\s*(?:[!.,:✅✓👍]|-|$|for you)"
    rf"|\b(?:swap|change|update|booking|order|request) (?:is )?(?:complete|completed|successful|confirmed|applied|done|"
    r"made|saved)\b"
    r"|\btaken care of\b|\bconsider (?:it|that) done\b|\bsuccessfully\b"
    rf"|\bgone ahead\b|\bwent ahead\b"
)
_PRESENT = re.compile(
    rf"\b{_THING}(?: (?:on|for|of|at|tomorrow|today|tonight|this|next|\w+day|dinner|lunch|breakfast)\b){{0,4}} "
    rf"(?:is|are) (?:now|already) (?:on|in|part|a|the(?! \w+est\b)|set|{_STATE[3:-1]}|[“\"])"
    r"|\b(?:is|are) (?:now|already) (?:in|on|part of) your (?:\w+ )?(?:plan|list|calendar|week|menu|profile|cart)\b"
    rf"|\byour (?:new|updated|changed|revised) {_THING}(?: \w+){{0,3}} (?:is|are|has|have)\b"
    rf"|\byou (?:now|will now) have [^.]{{0,60}}\b(?:instead|in place of)\b"
    rf"|\b(?:is|are) (?:swapped|switched|rescheduled|deleted|booked)\b"
    rf"|\b(?:i'll|i will|i am going to|i'm going to|let me|i shall|i'm|i am) {_ADVERBS}(?:go ahead and )?{_DO}\b"
    rf"|\b(?:i am|i'm) {_ADVERBS}(?:swapping|switching|changing|updating|replacing|moving|adding|removing|deleting|"
    r"booking|saving|locking|ordering|sending)\b"
)
_DONE_SR = (
    r"(?:zameni|promeni|izmeni|doda|ukloni|izbrisa|obrisa|sacuva|pomeri|zakljuca|otkljuca|azurira|upisa|unel?|naruci|"
    r"zakaza|otkaza|podesi|prilagodi|prebaci|ubaci|izbaci|stavi|sredi|uradi|snimi|zabelezi|posla|potvrdi|isplanira|"
    r"povecal?|smanji|kupi)(?:o|la|li|a)"
)
_STATE_SR = (
    r"(?:zamenjen|promenjen|izmenjen|dodat|uklonjen|izbrisan|obrisan|sacuvan|pomeren|zakljucan|azuriran|upisan|unet|"
    r"narucen|zakazan|otkazan|podesen|prilagodjen|prebacen|ubacen|izbacen|sredjen|uradjen|snimljen|zabelezen|poslat|"
    r"potvrdjen)[aoie]?"
)
_PAST_SR = re.compile(
    rf"\b{_DONE_SR} (?:sam|smo)\b|\b(?:sam|smo) (?:\w+ ){{0,4}}{_DONE_SR}\b"
    rf"|(?:^|[.!?:;\n-]\s*)(?:u redu[,! ]+|vazi[,! ]+|evo[,! ]+|sve je |to je )*(?:gotovo|uradjeno|sredjeno|zavrseno|"
    r"sacuvano|dodato|promenjeno|zamenjeno)\b|\buspesno\b"
)
_PRESENT_SR = re.compile(
    rf"\b(?:je|su) (?:sada |upravo |vec |uspesno )*{_STATE_SR}\b|\b{_STATE_SR} (?:je|su)\b"
    r"|\b(?:sada|vec) je (?:u|na) (?:tvom|vasem|tvojem) (?:planu|spisku|kalendaru|jelovniku)\b"
    r"|\bje (?:sada|vec) (?:u|na) (?:tvom|vasem|tvojem|planu|spisku|kalendaru)\b"
    r"|\b(?:odmah|upravo|sada) (?:cu |menjam|dodajem|uklanjam|zamenjujem|azuriram|brisem|pomeram)\b"
    r"|\b(?:zamenicu|promenicu|dodacu|ukloni[ct]u|izbrisacu|obrisacu|pomericu|azuriracu|sacuvacu|zakljucacu|narucicu)\b"
)
# What is said of the time after confirming is no claim; what is said of the past is one whatever surrounds it.
_CONDITION = re.compile(
    r"\b(?:once|when|if|until|after|as soon as|before|unless)\b[^.]*\bconfirm|\bconfirm[^.]*\b(?:to|and then|first|"
    r"before)\b"
    r"|\bnothing\b|\bnot\b|\bif you (?:want|like|agree)\b"
    r"|\b(?:kad|kada|cim|ako|dok|tek)\b[^.]*\bpotvrd"
)
_NOTHING = re.compile(
    r"\b(?:nothing|not|never|no (?:change|meal|dish|dinner|event)s?|none)\b(?: \w+){0,3}? (?:has|have|had|was|"
    r"were)\b[^.]*"
    r"|\b(?:has|have|had|was|were) (?:not|never)\b[^.]*"
    r"|\b(?:nista|nisam|nismo|nije|nisu)\b[^.]*"
)
_ASKED = re.compile(r"\b(?:have|had) (?:you|they)\b|\bif (?:it|that|this|something|anything) (?:has|have) been\b")


def claimed_deeds(reply: str) -> Iterator[str]:
    """The words with which a reply claims to have acted, or to be about to, in English or Serbian."""
    for sentence in split_sentences(reply):
        text = folded(sentence)
        told = _ASKED.sub(" ", _NOTHING.sub(" ", text))
        for pattern in (_PAST, _PAST_SR):
            yield from (match.group().strip() for match in pattern.finditer(told))
        if _CONDITION.search(text):
            continue
        for pattern in (_PRESENT, _PRESENT_SR):
            yield from (match.group().strip() for match in pattern.finditer(told))
