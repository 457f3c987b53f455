"""Serbian sentences about meals, dishes, foods, swaps and shopping, by their English template.

Days stand in the nominative after a colon, in brackets or in front; dishes and foods stay between quotation marks.
"""

from __future__ import annotations

MEALS: dict[str, str] = {
    "{meal} at {time} is {dish}, {servings}.": "{meal} u {time}: {dish}, {servings}.",
    "It gives you {amounts}.": "To ti daje {amounts}.",
    "Together {planned}; the target is {target}.": "Ukupno {planned}; cilj je {target}.",
    "Your food from {first} to {last}:": "Tvoja hrana ({first} – {last}):",
    "Ask me about any of these days or meals.": "Pitaj me za bilo koji od ovih dana ili obroka.",
    "You need {amounts}: without a session the carbohydrate goes down, the protein stays.": (
        "Potrebno ti je {amounts}: bez treninga ima manje ugljenih hidrata, a proteini ostaju."
    ),
    "For that portion: {ingredients}.": "Za tu porciju: {ingredients}.",
    "The day asks for {amounts}, because you have {titles}.": "Taj dan traži {amounts}, jer imaš {titles}.",
    "The day asks for {amounts}; no training is in the calendar that day.": (
        "Taj dan traži {amounts}; tog dana u kalendaru nema treninga."
    ),
    "{amount} of the carbohydrate come on top from dinner on for {event} the day after.": (
        "Od toga je {amount} ugljenih hidrata dodatak od večere nadalje, za {event} narednog dana."
    ),
    "This is your food for {day} around {titles}:": "Tvoja hrana ({day}) uz {titles}:",
    "This is your food for {day}:": "Tvoja hrana ({day}):",
    "{time} {slot}: {dish}, {servings}, {amounts}.": "{time} {slot}: {dish}, {servings}, {amounts}.",
    "{day}: {training}, {amounts}": "{day}: {training}, {amounts}",
    "That is no rest day: you have {event}.": "To nije dan odmora: imaš {event}.",
    "{day} is a rest day.": "{day}: to je dan odmora.",
    "Your next rest day is {day}.": "Tvoj sledeći dan odmora: {day}.",
    "It is part of the carbohydrate loading before your race.": (
        "To je deo punjenja ugljenim hidratima pred tvoju trku."
    ),
    "{told}; dinner is {dish}.": "{told}; za večeru {dish}.",
    "{told}.": "{told}.",
    "{slot} {on}": "{slot} {on}",
}
DISHES: dict[str, str] = {
    "Your plan for {day} has no such meal.": "U tvom planu ({day}) nema takvog obroka.",
    "Your plan for {day} has no {slot}.": "U tvom planu ({day}) nema ovog obroka: {slot}.",
    "{dish} is your {slot} {on}, {servings}.": "{dish}: to je tvoj obrok ({slot}) {on}, {servings}.",
    "For your portion you need {ingredients}.": "Za svoju porciju ti treba: {ingredients}.",
    "It takes {time} of work.": "Za pripremu ti treba {time}.",
    "{dish}, your {slot} {on}:": "{dish} ({slot} {on}):",
    "{time} of work.": "{time} pripreme.",
    "{time} of cooking.": "{time} kuvanja.",
    "{dish}, your {slot} {on}, gives you {amounts} with {servings}.": (
        "{dish} ({slot} {on}) ti daje {amounts}, a to je {servings}."
    ),
    "It needs no preparation worth naming.": "Priprema skoro da nije potrebna.",
    "{on} your {slot} is planned at {time}: {dish}.": "{on} ti je {slot} u planu u {time}: {dish}.",
    "There is none of it in {dish}, your {slot} {on}.": "Toga nema u ovom jelu: {dish} ({slot} {on}).",
    "It is made of {ingredients}.": "Sastojci su: {ingredients}.",
    "{grams} of {food} go into your portion of {dish}, your {slot} {on}.": (
        "U tvoju porciju jela {dish} ({slot} {on}) ide {grams} ovog sastojka: {food}."
    ),
    "For {dish} that value is not known to me.": "Za {dish} tu vrednost ne znam.",
    "No leftovers are planned on these days: each dish is cooked for the meal it is eaten at.": (
        "Tih dana nema planiranih ostataka: svako jelo se kuva za obrok u kojem se i jede."
    ),
    "How many meals one cooking serves is set in your planning rules, under “Settings”.": (
        "Za koliko obroka se kuva odjednom biraš u pravilima planiranja, pod „Settings“."
    ),
    "Cool them soon, keep them in the fridge, and heat them through.": (
        "Ohladi ih što pre, čuvaj ih u frižideru i dobro ih podgrej."
    ),
    "{on} your {slot}: {dish}, {servings}.": "{on} {slot}: {dish}, {servings}.",
    "These meals are left from an earlier one:": "Ovi obroci su ostaci od ranijeg kuvanja:",
}
FOODS: dict[str, str] = {
    "I do not find this food in my tables. Try a simpler name, such as the food alone.": (
        "Ovu namirnicu ne nalazim u svojim tabelama. Probaj jednostavnije ime, samo namirnicu."
    ),
    "{grams} of {food} hold {amounts}.": "{grams} namirnice {food} sadrži {amounts}.",
    "For {food} that value is not known to me; unknown is not the same as none.": (
        "Za {food} tu vrednost ne znam; nepoznato nije isto što i nula."
    ),
    "The figure comes from: {source}.": "Podatak je iz: {source}.",
    "I do not find this food in my tables, so I cannot say that it is safe for you. Please check its label.": (
        "Ovu namirnicu ne nalazim u svojim tabelama, pa ne mogu reći da je bezbedna za tebe. Proveri deklaraciju."
    ),
    "It is not in your plans, and I do not suggest it. Ask me for another dish if something like it is missing.": (
        "Nema je u tvojim planovima i ne predlažem je. Ako ti nešto slično nedostaje, traži mi drugo jelo."
    ),
    "Yes: {food} fits your allergies and your diet as they are in your profile.": (
        "Da: {food} se slaže sa alergijama i ishranom iz tvog profila."
    ),
    "Yes: your profile names no allergy and no diet that {food} would break.": (
        "Da: u tvom profilu nema ni alergije ni načina ishrane kojima se {food} protivi."
    ),
    "You said that you do not like it, so it is not planned for you.": (
        "Kažeš da to ne voliš, pa ti se ne stavlja u plan."
    ),
    "Please check the label all the same: recipes of makers differ.": (
        "Ipak proveri deklaraciju: recepture proizvođača se razlikuju."
    ),
    "Nobody here has reviewed this food for allergens, so please read its label.": (
        "Alergene ove namirnice ovde niko nije pregledao, zato pročitaj deklaraciju."
    ),
    "No: {food} is excluded for you ({reasons}).": "Ne: {food} je za tebe isključeno ({reasons}).",
    "No: {food} is excluded for you by your allergies or your diet.": (
        "Ne: {food} je za tebe isključeno zbog tvojih alergija ili ishrane."
    ),
}
SWAPS: dict[str, str] = {
    "{on} your {slot} is {dish}.": "{on} ti je {slot}: {dish}.",
    "Nothing is changed yet: confirm one of the proposals to have it as your {slot}.": (
        "Još ništa nije promenjeno: potvrdi jedan od predloga pa će to biti tvoj obrok ({slot})."
    ),
    "I find no other dish that keeps this day within its limits with the rest unchanged.": (
        "Ne nalazim drugo jelo uz koje ovaj dan ostaje u svojim granicama, a da ostalo bude isto."
    ),
    "You can swap another meal of the day first, or have the day planned again.": (
        "Možeš prvo da zameniš drugi obrok tog dana ili da se dan isplanira ponovo."
    ),
    "These keep the day within its limits:": "Uz ova jela dan ostaje u svojim granicama:",
    "These are quicker and keep the day within its limits:": "Ova jela su brža i dan ostaje u svojim granicama:",
    "If it is an allergy, set it in your food settings: then it is kept out of every plan, hidden or not.": (
        "Ako je to alergija, unesi je u podešavanja hrane: tada je nema ni u jednom planu, ni skrivene."
    ),
    "{on} these are planned between your meals:": "{on} su između obroka u planu:",
    "{dish}, {servings}: {amounts}": "{dish}, {servings}: {amounts}",
    "It is marked as eaten, so it cannot be swapped any more.": (
        "Označeno je kao pojedeno, pa više ne može da se zameni."
    ),
    "That day is over, so nothing of it can be swapped any more.": (
        "Taj dan je prošao, pa se u njemu više ništa ne menja."
    ),
    "I find no quicker dish that keeps this day within its limits with the rest unchanged.": (
        "Ne nalazim brže jelo uz koje ovaj dan ostaje u svojim granicama, a da ostalo bude isto."
    ),
    "I find no dish without it that keeps this day within its limits with the rest unchanged.": (
        "Ne nalazim jelo bez toga uz koje ovaj dan ostaje u svojim granicama, a da ostalo bude isto."
    ),
    "{dish}; {time} of work.": "{dish}; {time} pripreme.",
    "{dish}.": "{dish}.",
    "In the place of {dish} these fit too:": "Umesto jela {dish} odgovara i ovo:",
}
SHOPPING: dict[str, str] = {
    "First of all: {foods}.": "Najpre: {foods}.",
    "That is what your plans from {first} to {last} need.": "Toliko treba tvojim planovima ({first} – {last}).",
    "Your shopping list for {first} to {last} still has {left} of {count} foods to buy.": (
        "Tvoj spisak za kupovinu ({first} – {last}): ostalo je {left} od ukupno {count} "
        "[namirnice|namirnice|namirnica]."
    ),
    "You have no shopping list for these days yet.": "Za te dane još nemaš spisak za kupovinu.",
    "Your plans from {first} to {last} need {count} foods.": (
        "Tvojim planovima ({first} – {last}) treba {count} [namirnica|namirnice|namirnica]."
    ),
    "Everything on it is bought or at home.": "Sve sa njega je u kući ili u korpi.",
    "The rest is on the list, aisle by aisle.": "Ostalo je na spisku, po policama.",
    "There is none of it among what your plans from {first} to {last} need.": (
        "Toga nema među onim što traže tvoji planovi ({first} – {last})."
    ),
    "To buy: {foods}.": "Za kupovinu: {foods}.",
    "Bought already or at home: {foods}.": "Već u kući ili u korpi: {foods}.",
    "Your plan has moved on since it was made; make a new list to follow it.": (
        "Tvoj plan se u međuvremenu razlikuje od spiska; napravi nov spisak da ga prati."
    ),
}
SENTENCES: dict[str, str] = MEALS | DISHES | FOODS | SWAPS | SHOPPING
