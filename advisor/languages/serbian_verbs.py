"""Serbian verbs for reading questions, in the first person and as infinitives; marks as in `serbian_words`."""

from __future__ import annotations

# In the first person and as an infinitive; after "da" they ask what to do.
DOING = """
jedem|jesti|pojedem|pojesti|jede|jedemo|jedeš = eat
doručkujem|doručkovati = eat for breakfast
ručam|ručati = eat for lunch
večeram|večerati = eat for dinner
užinam|užinati = eat as a snack
pijem|piti|popijem|popiti = drink
uzmem|uzeti|uzimam|uzimati = take
ponesem|poneti|nosim = take
unesem|uneti|unosim = eat
kupim|kupiti|kupujem|kupovati|nabavim|nabaviti = buy
spremim|spremiti|spremam|pripremim|pripremiti|pripremam|napravim|napraviti|pravim = prepare
skuvam|skuvati|kuvam|kuvati|kuham|skuham = cook
zamenim|zameniti|zamijenim|menjam = swap
promenim|promeniti = change
izbegavam|izbegavati|izbegnem = avoid
preskočim|preskočiti|preskačem = skip
otkažem|otkazati = cancel
produžim|produžiti = extend
skratim|skratiti = shorten
propustim|propustiti = miss
izostavim|izostaviti = leave out
obrišem|obrisati|izbrišem|izbrisati = delete
izvezem|preuzmem = export
pomognem = help
pomerim|pomeriti = move
dodam|dodati = add
trčim|trčati|istrčim = run
vozim|voziti = ride
plivam|plivati = swim
treniram|trenirati = train
spavam|spavati = sleep
hranim|hraniti = eat
grickam|grickati|gricnem|prigrizem = snack
zamrznem|zamrznuti|zaledim = freeze
podgrejem|podgrejati|podgrevam = reheat
smršam|smršati|mršavim = lose weight
ugojim|nabacim = gain
pitam|pitati = ask
znam|znati = know
"""
