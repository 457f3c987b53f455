"""Serbian sentences of proposals: their titles and lines, why they cannot be done, and what was done, by template."""

from __future__ import annotations

TITLES: dict[str, str] = {
    "Add “{title}”: {day}, {length}.": "Dodaj “{title}”: {day}, {length}.",
    "Add “{title}”: {day}, {time}, {length}.": "Dodaj “{title}”: {day}, {time}, {length}.",
    "Check “{name}” ({amount}) off as bought.": "Označi “{name}” ({amount}) kao kupljeno.",
    "Have “{after}” instead of “{before}”: {meal}.": "“{after}” umesto “{before}”: {meal}.",
    "Keep “{dish}”, also when the plan is made again: {slot}, {day}.": (
        "Zadrži “{dish}”, i kad se plan pravi ponovo: {slot}, {day}."
    ),
    "Let “{dish}” change when the plan is made again: {slot}, {day}.": (
        "Pusti da “{dish}” bude drugačije kad se plan pravi ponovo: {slot}, {day}."
    ),
    "Make “{title}” last {length}: {day}.": "Neka “{title}” traje {length}: {day}.",
    "Mark “{name}” ({amount}) as being at home: your plan needs it.": (
        "Označi da “{name}” ({amount}) već postoji kod kuće: plan to traži."
    ),
    "Move “{title}” to {when}, for {length}.": "Pomeri “{title}”: {when}, {length}.",
    "Move “{title}” to {when}.": "Pomeri “{title}”: {when}.",
    "Plan at most {minutes} minutes of hands-on cooking a day.": (
        "Planiraj najviše {minutes} min rada u kuhinji na dan."
    ),
    "Plan without a limit on hands-on cooking time.": "Planiraj bez granice za vreme rada u kuhinji.",
    "Plan {first} to {last} again: 1 meal changes.": (
        "Isplaniraj ponovo ({first} – {last}): jedan obrok postaje drugačiji."
    ),
    "Plan {first} to {last} again: {count} meals change.": (
        "Isplaniraj ponovo ({first} – {last}): {count} [drugačiji obrok|drugačija obroka|drugačijih obroka]."
    ),
    "Put “{name}” on your shopping list for {first} to {last}.": (
        "Stavi “{name}” na spisak za kupovinu ({first} – {last})."
    ),
    "Put “{name}”, {amount}, on your shopping list for {first} to {last}.": (
        "Stavi “{name}”, {amount}, na spisak za kupovinu ({first} – {last})."
    ),
    "Take “{name}” ({amount}) off your shopping list.": "Skini “{name}” ({amount}) sa spiska za kupovinu.",
    "Take “{title}” out of your training: {day}.": "Izbaci “{title}” iz svojih treninga: {day}.",
    "Plan without “{word}” from now on.": "Od sada planiraj bez ovoga: “{word}”.",
    "Allow “{word}” in your plans again.": "Ponovo dozvoli u planovima: “{word}”.",
    "Prefer “{word}” dishes in your plans.": "U planovima daj prednost ovoj kuhinji: “{word}”.",
    "Do not prefer “{word}” dishes any more.": "Ne daj više prednost ovoj kuhinji: “{word}”.",
    "Plan only “{word}” food from now on.": "Od sada planiraj samo ovakvu hranu: “{word}”.",
    "Do not limit your plans to “{word}” food any more.": "Ne ograničavaj više planove na ovakvu hranu: “{word}”.",
}
LINES: dict[str, str] = {
    "What you do not eat": "Ono što ne jedeš",
    "Cuisines you like": "Kuhinje koje voliš",
    "Your diet": "Tvoj način ishrane",
    "Dishes to plan with": "Jela za planiranje",
    "More meals": "Još obroka",
    "Training": "Trening",
    "Carbohydrate": "Ugljeni hidrati",
    "Protein": "Proteini",
    "Energy": "Energija",
    "Water": "Voda",
    "Time": "Vreme",
    "When": "Kada",
    "Length": "Trajanje",
    "Distance": "Dužina",
    "bought": "kupljeno",
    "at home": "kod kuće",
    "at most {minutes} min a day": "najviše {minutes} min na dan",
    "may change": "može da bude drugačije",
    "no length stated": "trajanje nije navedeno",
    "no limit": "bez granice",
    "all day": "ceo dan",
    "stays as it is": "ostaje kako jeste",
    "to buy: {amount}": "za kupovinu: {amount}",
    "{day}, {slot}": "{day}, {slot}",
    "{day}, {time}": "{day}, {time}",
    "{slot}, {day}": "{slot}, {day}",
    "{slot}: {dish}": "{slot}: {dish}",
    "{what}, {day}": "{what}, {day}",
    "{what}: {entries}.": "{what}: {entries}.",
    "You can confirm it until {time}, {day}.": "Možeš da potvrdiš do {time}, {day}.",
}
REFUSALS: dict[str, str] = {
    "Another dish is in that place now. Please ask again.": "Na tom mestu je sada drugo jelo. Pitaj ponovo.",
    "Another plan counts for this day now.": "Za taj dan sada važi drugi plan.",
    "Your allergies or your diet exclude it for you; I do not put it on your list.": (
        "To je zbog tvojih alergija ili ishrane za tebe isključeno; ne stavljam ga na spisak."
    ),
    "Your allergies or your diet exclude this dish for you.": (
        "Ovo jelo je zbog tvojih alergija ili ishrane za tebe isključeno."
    ),
    "the energy of the day": "energija dana",
    "the carbohydrate of the day": "ugljeni hidrati dana",
    "the protein of the day": "proteini dana",
    "the most protein of the day": "najviše proteina na dan",
    "the least fat of the day": "najmanje masti na dan",
    "the time in the kitchen": "vreme u kuhinji",
    "the size of a meal": "veličina obroka",
    "the meals that you keep as they are": "zaključani obroci",
    "the food budget": "novac za hranu",
    "how often a dish may come": "koliko često jelo sme da se ponovi",
    "no dinner on two days running": "ista večera ne sme dan za danom",
    "your rules for the week": "tvoja pravila za nedelju",
    "your diet": "tvoj način ishrane",
    "your allergies": "tvoje alergije",
    "what you do not eat": "ono što ne jedeš",
    "the dishes that there are": "jela kojih ima",
    "Another plan counts for these days now.": "Za te dane sada važi drugi plan.",
    "At most {count} entries fit there.": "Tu staje najviše {count} [stavka|stavke|stavki].",
    "No dish would be left that you may eat.": "Ne bi ostalo nijedno jelo koje smeš da jedeš.",
    "No meal of these days is left to change.": "U tim danima nema više obroka koji bi mogao da bude drugačiji.",
    "No plan keeps all of these together: {limits}.": "Nijedan plan ne drži sve ovo zajedno: {limits}.",
    "Planning again would change no meal.": "Novo planiranje ne bi promenilo nijedan obrok.",
    "The change could not be verified; the plan is as it was read.": (
        "Promena nije mogla da se proveri; plan je kakav je i bio."
    ),
    "The change could not be verified; your profile is as it was.": (
        "Promena nije mogla da se proveri; profil je kakav je i bio."
    ),
    "The item could not be verified; the list is as it was.": (
        "Stavka nije mogla da se proveri; spisak je kakav je i bio."
    ),
    "The days of this shopping list are over.": "Dani ovog spiska za kupovinu su prošli.",
    "The food is not there any more.": "Te namirnice više nema.",
    "The plan does not cover this day.": "Plan ne obuhvata taj dan.",
    "The plan is not there any more.": "Tog plana više nema.",
    "The session could not be verified; it is as it was.": "Trening nije mogao da se proveri; ostao je kakav je i bio.",
    "The session could not be verified; nothing was entered.": "Trening nije mogao da se proveri; ništa nije uneto.",
    "The session is like that already.": "Trening je već takav.",
    "The session is not there any more.": "Tog treninga više nema.",
    "The shopping list is not there any more.": "Tog spiska za kupovinu više nema.",
    "The time to confirm this is over. Ask again if you still want it.": (
        "Vreme za potvrdu je isteklo. Pitaj ponovo ako to još želiš."
    ),
    "This day is over; what it held stays as it was.": "Taj dan je prošao; ostaje kako je bilo.",
    "This is not on your shopping list any more.": "Toga više nema na tvom spisku za kupovinu.",
    "This is what your profile says already.": "Profil to već kaže.",
    "This meal is kept already.": "Plan ovaj obrok već čuva.",
    "This meal is not kept.": "Ovaj obrok nije zaključan.",
    "This meal is “{dish}” now, and with that the day would not keep its limits. Ask again for other dishes.": (
        "Na tom mestu stoji “{dish}”, i uz to dan ne bi ostao u svojim granicama. Traži ponovo druga jela."
    ),
    "This meal is “{dish}” now. Confirming shows first what this one would change.": (
        "Na tom mestu stoji “{dish}”. Potvrda najpre pokazuje šta bi ovo jelo promenilo."
    ),
    "This meal was eaten already.": "Ovaj obrok je već pojeden.",
    "This session comes from a calendar. Please change it there.": "Ovaj trening je iz kalendara. Izmeni ga tamo.",
    "This session was done already.": "Ovaj trening je već iza tebe.",
    "You have no shopping list for these days yet. Please make one first.": (
        "Za te dane još nemaš spisak za kupovinu. Najpre ga napravi."
    ),
    "No food or dish here is called “{word}”.": "Ovde se nijedna namirnica ni jelo ne zove “{word}”.",
    "No food or dish here is called “{word}”. Near to it are: {foods}.": (
        "Ovde se nijedna namirnica ni jelo ne zove “{word}”. Slično je: {foods}."
    ),
    "No food has this name.": "Nema namirnice sa tim imenom.",
    "Your plan has no such meal any more.": "Takvog obroka više nema u tvom planu.",
    "Your plan is changing at this moment. Please try again.": "Plan se upravo menja. Pokušaj ponovo.",
    "“{name}” is bought or at home already.": "“{name}” je već kupljeno ili kod kuće.",
    "“{title}” is in your calendar on that day already.": "Kalendar tog dana već ima “{title}”.",
    "“{word}” is in your profile already.": "Tvoj profil to već navodi: “{word}”.",
    "“{word}” is not in your profile.": "Toga nema u tvom profilu: “{word}”.",
    "“{word}” often has a medical reason. Please take it out on your profile page yourself.": (
        "“{word}” često ima zdravstveni razlog. Ukloni to na stranici profila."
    ),
    "Things have changed since. This is what it would mean now; confirm again if you want it.": (
        "U međuvremenu se nešto promenilo. Ovo bi sada značilo; potvrdi ponovo ako to želiš."
    ),
    "Things have changed since, and this is no longer possible.": (
        "U međuvremenu se nešto promenilo i ovo više nije moguće."
    ),
    "Your plan has changed since. This is what it would mean now; confirm again if you want it.": (
        "Plan se u međuvremenu promenio. Ovo bi sada značilo; potvrdi ponovo ako to želiš."
    ),
    "This proposal is being applied right now.": "Ovaj predlog se upravo primenjuje.",
    "You declined this proposal.": "Ovaj predlog je već odbijen.",
    "This proposal is too old. Please ask again.": "Ovaj predlog je prestar. Pitaj ponovo.",
    "This kind of change is not known any more.": "Ova vrsta promene više nije poznata.",
}
# Told only once it was done and read back.
DONE: dict[str, str] = {
    "Your targets and plans follow.": "Ciljevi i planovi to prate.",
    "A connected calendar has it too, so it counts once.": "Ima ga i povezani kalendar, pa se računa jednom.",
    "Hands-on cooking time has no limit now.": "Vreme rada u kuhinji sada nema granicu.",
    "Hands-on cooking time is at most {minutes} minutes a day now.": (
        "Vreme rada u kuhinji je sada najviše {minutes} min na dan."
    ),
    "Plans you have follow when they are made again.": "Postojeći planovi to prate kad se naprave ponovo.",
    "{first} to {last} are planned again: 1 meal is different, all checked.": (
        "Ponovo isplanirano ({first} – {last}): jedan obrok je drugačiji, sve je provereno."
    ),
    "{first} to {last} are planned again: {count} meals are different, all checked.": (
        "Ponovo isplanirano ({first} – {last}): {count} [drugačiji obrok|drugačija obroka|drugačijih obroka], sve je "
        "provereno."
    ),
    "“{dish}” is in your plan now, checked again: {slot}, {day}.": (
        "“{dish}” je sada u tvom planu, ponovo provereno: {slot}, {day}."
    ),
    "“{dish}” may change when the plan is made again: {slot}, {day}.": (
        "“{dish}” može da bude drugačije kad se plan pravi ponovo: {slot}, {day}."
    ),
    "“{dish}” stays as it is: {slot}, {day}.": "“{dish}” ostaje kako jeste: {slot}, {day}.",
    "“{name}” is marked as being at home.": "“{name}” je označeno da je kod kuće.",
    "“{name}” is off your shopping list.": "“{name}” više nije na tvom spisku za kupovinu.",
    "“{name}”, {amount}, is checked off as bought.": "“{name}”, {amount}, označeno je kao kupljeno.",
    "“{name}”, {amount}, is on your shopping list for {first} to {last}.": (
        "“{name}”, {amount}, sada je na spisku za kupovinu ({first} – {last})."
    ),
    "“{title}” is changed: {day}.": "“{title}” je promenjeno: {day}.",
    "“{title}” is in your calendar: {day}.": "“{title}” je u tvom kalendaru: {day}.",
    "“{title}” is out of your training: {day}.": "“{title}” više nije među tvojim treninzima: {day}.",
}
# What answers say around a proposal.
AROUND: dict[str, str] = {
    "A connected calendar has the same session: change it there too.": (
        "Isti trening ima i povezani kalendar: izmeni ga i tamo."
    ),
    "Beside what is on your shopping list already: {foods}.": "Spisak za kupovinu već ima i ovo: {foods}.",
    "I can check that off as bought.": "To mogu da predložim kao kupljeno.",
    "I can propose that for {event}.": "To mogu da predložim za trening {event}.",
    "I can take that off your shopping list; what your plan needs is marked as being at home.": (
        "To mogu da predložim za skidanje sa spiska; ono što plan traži biće označeno kao da je kod kuće."
    ),
    "If you are hungry, eat something: tomorrow's plan does not depend on it.": (
        "Ako je glad tu, pojedi nešto: sutrašnji plan od toga ne zavisi."
    ),
    "If you cannot wait for them, eat something now: they stay as they are.": (
        "Ako ne možeš da ih čekaš, pojedi nešto sada: oni ostaju kakvi jesu."
    ),
    "It is left from an earlier meal and only needs warming up.": "To je ostatak ranijeg obroka, samo ga podgrej.",
    "Meals whose time is past, and those you have eaten, kept or bought for, stay. Nothing is changed yet.": (
        "Obroci čije je vreme prošlo, i oni koji su pojedeni, zaključani ili već kupljeni, ostaju. Još ništa nije "
        "promenjeno."
    ),
    "No snack of your plan is still to come today. These meals are:": (
        "Danas u planu više nema užine. Ovi obroci tek dolaze:"
    ),
    "Not all of it is on your shopping list.": "Nije sve od toga na tvom spisku za kupovinu.",
    "Nothing of your plan for today is still to come.": "U planu za danas nema više ničega.",
    "Say how much more of it you want, and I can add it.": "Reci koliko još želiš, pa mogu da predložim.",
    "Some of it is on your shopping list already: {foods}. The proposal adds the rest.": (
        "Deo toga spisak za kupovinu već ima: {foods}. Predlog se odnosi na ostatak."
    ),
    "Tell me how long {event} is to be, and I can propose it.": (
        "Reci koliko treba da traje {event}, pa mogu da predložim."
    ),
    "Tell me the day or the time to move {event} to, and I can propose it.": (
        "Reci na koji dan ili u koliko sati da se pomeri {event}, pa mogu da predložim."
    ),
    "That is not on your shopping list.": "Toga nema na tvom spisku za kupovinu.",
    "That is on your shopping list already: {foods}.": "Tvoj spisak za kupovinu to već ima: {foods}.",
    "This plan ends there; the days after it are not part of this.": (
        "Plan se tu završava; dani posle toga nisu deo ovoga."
    ),
    "What is left of today stays as it is.": "Ostatak današnjeg dana ostaje kakav jeste.",
    "Your plan can be made again for {day}; the proposal below shows what would change.": (
        "Plan može da se napravi ponovo za: {day}; predlog ispod pokazuje šta bi bilo drugačije."
    ),
    "Your plan can be made again from {first} to {last}; the proposal below shows what would change.": (
        "Plan može da se napravi ponovo ({first} – {last}); predlog ispod pokazuje šta bi bilo drugačije."
    ),
    "Your plans would not keep to that diet any more, from the next one on.": (
        "Od sledećeg plana tvoji planovi se više ne bi držali te ishrane."
    ),
    "Your shopping list covers that already: {foods}.": "Spisak za kupovinu to već pokriva: {foods}.",
    "Your shopping list has something like it: {foods}.": "Na spisku za kupovinu već ima nešto slično: {foods}.",
    "{event} comes from a connected calendar, and only there can you change it.": (
        "{event}: to je iz povezanog kalendara, pa se menja tamo."
    ),
}
CARDS: dict[str, str] = AROUND | TITLES | LINES | REFUSALS | DONE
