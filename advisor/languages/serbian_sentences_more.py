"""Serbian sentences about dishes once they are named, reasons of answers, nutrients, and pieces for the way."""

from __future__ import annotations

DISHES: dict[str, str] = {
    "It is left over from {day}: heat it through, there is nothing to cook.": (
        "Ostalo je od ranije ({day}): dobro ga podgrej, nema šta da se kuva."
    ),
    "{time} {slot}: {dish}, left from an earlier meal, {servings}, {amounts}.": (
        "{time} {slot}: {dish}, ostatak ranijeg obroka, {servings}, {amounts}."
    ),
    "{dish}, your {slot} {on}: {reasons}.": "{dish} ({slot} {on}): {reasons}.",
    "By the ingredients we know, none of the dishes planned for {day} holds it.": (
        "Prema sastojcima koje znamo, toga nema ni u jednom jelu u planu ({day})."
    ),
    "How {dish}, your {slot} {on}, keeps is not known to me.": "Koliko može da stoji {dish} ({slot} {on}), ne znam.",
    "Yes, {dish}, your {slot} {on}, can be frozen.": "Da, {dish} ({slot} {on}) može da se zamrzne.",
    "Better not: {dish}, your {slot} {on}, does not freeze well.": (
        "Bolje ne: {dish} ({slot} {on}) ne podnosi dobro zamrzavanje."
    ),
    "Yes, {dish}, your {slot} {on}, can be taken along.": "Da, {dish} ({slot} {on}) može da se ponese.",
    "Better not: {dish}, your {slot} {on}, does not travel well.": "Bolje ne: {dish} ({slot} {on}) nije za nošenje.",
    "It is best made fresh and eaten at once.": "Najbolje je da se napravi sveže i odmah pojede.",
    "It keeps in the fridge until {day}.": "U frižideru može da stoji do ovog dana: {day}.",
    "Cool it soon; what is eaten warm is heated through once.": (
        "Ohladi ga što pre; ono što se jede toplo dobro se podgreje, i to jednom."
    ),
    "How it tastes I cannot tell; {dish} is made of {ingredients}.": (
        "Kakvog je ukusa ne mogu da kažem; {dish} ima ove sastojke: {ingredients}."
    ),
    "{dish} is not in your plan.": "Ovog jela nema u tvom planu: {dish}.",
    "Each portion of {dish} has {amounts}.": "Svaka porcija ({dish}) ima {amounts}.",
    "{dish}: {reasons}.": "{dish}: {reasons}.",
    "There is none of it in {dish}.": "Toga nema u ovom jelu: {dish}.",
    "I have no recipe of that name.": "Nemam recept pod tim imenom.",
    "The nearest that you may eat: {dishes}.": "Najbliže što smeš da jedeš: {dishes}.",
    "Ask me for one of them by its name.": "Traži mi neki od njih po imenu.",
    "Ask me how to cook a meal of your plan, or bring the recipe in under “Recipes”.": (
        "Pitaj me kako se sprema obrok iz tvog plana ili unesi recept pod „Recipes“."
    ),
}
EATEN: dict[str, str] = {
    "No meal from {first} to {last} is marked as eaten, so I cannot tell what you ate.": (
        "Nijedan obrok ({first} – {last}) nije označen kao pojeden, pa ne mogu da kažem šta je pojedeno."
    ),
    "This is what you marked as eaten from {first} to {last}:": "Označeno kao pojedeno ({first} – {last}):",
    "{day}: {eaten}; the target is {target}.": "{day}: {eaten}; cilj je {target}.",
    "Meals that are not marked are not counted.": "Obroci koji nisu označeni nisu uračunati.",
    "Earlier meals of the day are not marked yet; mark them, and I can tell what was eaten.": (
        "Raniji obroci tog dana još nisu označeni; označi ih, pa mogu da kažem šta je pojedeno."
    ),
}
FOODS: dict[str, str] = {
    "That is no amount of food that I can count with; name one that somebody eats.": (
        "Sa tom količinom hrane ne mogu da računam; navedi neku koja se stvarno jede."
    ),
    "It depends on the kind: some are excluded for you, others are not.": (
        "Zavisi od vrste: neke su za tebe isključene, a neke nisu."
    ),
    "These fit your allergies and your diet: {foods}.": "Sa tvojim alergijama i ishranom se slažu: {foods}.",
    "Nothing that is known of {food} speaks against your profile.": (
        "Ništa što se zna o namirnici {food} nije protiv tvog profila."
    ),
}
PIECES: dict[str, str] = {
    "None: at its length {event} needs no carbohydrate on the way.": (
        "Nijedan: uz takvo trajanje ({event}) ugljeni hidrati usput nisu potrebni."
    ),
    "I do not know that as a food that comes in pieces.": "To ne znam kao namirnicu koja se broji na komade.",
    "{event} takes {carbs} of carbohydrate on the way.": "Za {event} usput treba {carbs} ugljenih hidrata.",
    "About {count} of {food}, a piece counting as one.": "Oko {count}, {food}; komad se računa kao jedna.",
    "Take one about every {minutes}, with water.": "Uzimaj po jedan otprilike na svakih {minutes}, uz vodu.",
    "Your plan has {dish} for it, {servings} with {amount}: have the one or the other, or share.": (
        "U tvom planu je za to {dish}, {servings} sa {amount}: uzmi jedno ili drugo, ili pola-pola."
    ),
}
RACES: dict[str, str] = {
    "After it: {carbs} of carbohydrate and {protein} of protein.": (
        "Posle nje: {carbs} ugljenih hidrata i {protein} proteina."
    ),
    "After it: {protein} of protein.": "Posle nje: {protein} proteina.",
    "{dish} at {time}": "{dish} u {time}",
    "Planned for it: {dishes}.": "U planu za to: {dishes}.",
    "Planned for it: {dishes}, with {amount} of carbohydrate in all.": (
        "U planu za to: {dishes}, ukupno {amount} ugljenih hidrata."
    ),
    "That is {amount} less than the race asks for; have more of what you know.": (
        "To je {amount} manje nego što trka traži; pojedi još onoga što ti već prija."
    ),
}
NUTRIENTS: dict[str, str] = {
    "Most of it comes from {foods}.": "Najviše toga donose {foods}.",
    "How much {nutrient} your plan brings is not known to me.": "Koliko toga donosi tvoj plan, ne znam ({nutrient}).",
    "Your plan brings about {mean} of {nutrient} a day.": "Tvoj plan donosi oko {mean} dnevno ({nutrient}).",
    "Not every food is known for it, so it may be more.": "Ne zna se za svaku namirnicu, pa može biti i više.",
    "I keep no reference for it to judge by; a dietitian can.": (
        "Nemam referentnu vrednost za procenu; nutricionista je ima."
    ),
    "That counts what fish and algae bring; what flax, chia and walnuts bring is not in my tables.": (
        "To broji ono što donose riba i alge; ono iz lana, čije i oraha nije u mojim tabelama."
    ),
    "Usual portions of what you may eat that bring most of it:": (
        "Uobičajene porcije onoga što smeš da jedeš, a koje toga najviše donose:"
    ),
    "Among the foods you may eat I find none that is known to hold {nutrient}.": (
        "Među namirnicama koje smeš da jedeš ne nalazim nijednu za koju se zna da to sadrži ({nutrient})."
    ),
}
REASONS: dict[str, str] = {
    "You asked to keep it, so it stays.": "Tražiš da ostane, pa ostaje.",
    "Dishes are chosen for the whole day together: they meet its targets, and keep to your time and your wishes.": (
        "Jela se biraju za ceo dan zajedno: ispunjavaju njegove ciljeve i drže se tvog vremena i tvojih želja."
    ),
    "It follows from {event}: its length, how hard it is, and your body mass.": (
        "To sledi iz treninga: {event}; važni su trajanje, težina i tvoja telesna masa."
    ),
    "What you take on the way rests on {source}.": "Ono što uzimaš usput zasniva se na: {source}.",
    "The meal before rests on {source}.": "Obrok pre toga zasniva se na: {source}.",
    "The longer and the harder, the more carbohydrate an hour; short or easy sessions need none on the way.": (
        "Što duže i teže, to više ugljenih hidrata na sat; kratkim ili lakim treninzima usput ne treba ništa."
    ),
    "After it, how much you need depends on how soon the next session comes.": (
        "Koliko ti posle treba, zavisi od toga koliko brzo dolazi sledeći trening."
    ),
    "That is what stands in your calendar and in the training you entered, and nothing else.": (
        "Tako stoji u tvom kalendaru i u treninzima koje unosiš, i ništa drugo."
    ),
    "If something is wrong there, change it at its source, and your plan follows.": (
        "Ako tu nešto nije tačno, promeni to tamo gde je uneto, i plan će ga pratiti."
    ),
    "It is what you eat, {intake}, less the training, {training}, for your fat-free mass of {mass}.": (
        "To je ono što jedeš ({intake}) bez treninga ({training}), na tvoju nemasnu masu ({mass})."
    ),
    "What each day of the plan asks for now is compared with what it was made for.": (
        "Ono što svaki dan plana traži sada poredi se sa onim za šta je plan."
    ),
    "A plan is behind once training, profile or rules ask for other numbers, or exclude a dish of it.": (
        "Plan zaostaje kad trening, profil ili pravila promene te brojeve, ili kad je neko jelo sada isključeno."
    ),
    "It is the sum of what the planned dishes hold, ingredient by ingredient, by the food tables.": (
        "To je zbir onoga što sadrže planirana jela, sastojak po sastojak, po tabelama hrane."
    ),
    "References are for your age and sex; what is not known of a food is left open, never counted as nothing.": (
        "Referentne vrednosti su za tvoje godine i pol; što se o namirnici ne zna ostaje otvoreno i nije nula."
    ),
    "A session adds the energy it takes and the load of its day, and the carbohydrate of a day follows its load.": (
        "Trening dodaje energiju koju troši i opterećenje dana, a ugljeni hidrati dana prate opterećenje."
    ),
    "The two are the same day, calculated with the change and without it.": (
        "To je isti dan, računat sa promenom i bez nje."
    ),
    "It is general guidance for healthy adults, kept careful because I cannot examine you.": (
        "To su opšti saveti za zdrave odrasle, oprezni jer ne mogu da te pregledam."
    ),
    "What your own body needs, a doctor or a registered sports dietitian can tell.": (
        "Šta je potrebno baš tvom telu može da kaže lekar ili sportski nutricionista."
    ),
    "I name only dishes that keep the day within its limits when the rest stays, the best fitting first.": (
        "Navodim samo jela uz koja dan ostaje u svojim granicama kad ostalo ostane isto, najbolja prva."
    ),
    "Each keeps to your diet and your allergies, and leaves out what you do not like.": (
        "Svako se drži tvoje ishrane i alergija i nema u njemu onoga što ne voliš."
    ),
    "It is what the planned meals need, less what is at home, rounded up to what shops sell.": (
        "To je ono što treba planiranim obrocima, bez onoga što je kod kuće, zaokruženo na ono što se prodaje."
    ),
    "Tell me what you mean, such as why so much carbohydrate, why this dinner, or why not a food.": (
        "Reci mi na šta misliš: zašto toliko ugljenih hidrata, zašto baš ta večera ili zašto ne neka namirnica."
    ),
    "It is {base} for the day, {during} to drink in training, and {more} to replace what is lost beyond that.": (
        "To je {base} za dan, {during} tokom treninga i {more} za nadoknadu onoga što se izgubi preko toga."
    ),
}
SENTENCES: dict[str, str] = DISHES | EATEN | FOODS | PIECES | RACES | NUTRIENTS | REASONS
