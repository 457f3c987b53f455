"""Serbian sentences about training, races, fueling and targets, by their English template."""

from __future__ import annotations

FUELING: dict[str, str] = {
    "Your {called} is {event}.": "{called}: {event}.",
    "The morning of it, {day}, your {slot}": "Tog jutra, {day}, {slot}",
    "The night before, {day}, your {slot}": "Veče pre toga, {day}, {slot}",
    "The day before, {day}, your {slot}": "Dan pre toga, {day}, {slot}",
    "The day after, {day}, your {slot}": "Dan posle toga, {day}, {slot}",
    "{day} itself asks for {amounts}.": "{day}: sam taj dan traži {amounts}.",
    "In your plan, {slot} after it": "U tvom planu posle toga, {slot}",
    "In your plan, {slot} before it": "U tvom planu pre toga, {slot}",
    "In your plan, {slot}": "U tvom planu, {slot}",
    "{on} you need {amount} of water, what is in your food included.": (
        "{on} ti treba {amount} vode, računajući i onu iz hrane."
    ),
    "With it goes {amount} of sodium.": "Uz to ide {amount} natrijuma.",
    "I see no {event} on a {weekday} in the weeks to come in your calendar, so I take the date: {day}.": (
        "U tvom kalendaru u narednim nedeljama nema ovoga: {event} ({weekday}), pa uzimam datum: {day}."
    ),
    "I see no {event} {on} in your calendar.": "U tvom kalendaru {on} nema ovoga: {event}.",
    "I see no {event} in your calendar, so I take the date: {day}.": (
        "U tvom kalendaru nema ovoga: {event}, pa uzimam datum: {day}."
    ),
    "What is planned there is {event}.": "Tada je u planu {event}.",
    "Drink {low} to {high} in the hours before.": "U satima pre toga popij od {low} do {high}.",
    "The calendar does not say how long it lasts; I count an hour.": (
        "U kalendaru ne piše koliko traje; računam sat vremena."
    ),
    "I see no session in your calendar to recover from.": "U tvom kalendaru nema treninga od kojeg bi se oporavljalo.",
    "On days without one, your planned meals bring what you need; sleep does the rest.": (
        "U danima bez treninga obroci iz plana donose sve što ti treba; san čini ostalo."
    ),
    "Before it, have a meal with {amount} of carbohydrate, up to {hours} ahead.": (
        "Pre toga pojedi obrok u kojem je {amount} ugljenih hidrata, najranije {hours} ranije."
    ),
    "{advice}.": "{advice}.",
    "Before it: {advice}.": "Pre toga: {advice}.",
    "During it: {advice}.": "Tokom toga: {advice}.",
    "After it, have {carbs} of carbohydrate and {protein} of protein.": (
        "Posle toga unesi {carbs} ugljenih hidrata i {protein} proteina."
    ),
    "After it, have {protein} of protein.": "Posle toga unesi {protein} proteina.",
    "Without a session there is nothing special to eat around; this is the day as planned.": (
        "Bez treninga nema posebne ishrane oko njega; ovo je dan kakav je u planu."
    ),
    "About {amount} of it belong into {event}.": "Od toga oko {amount} pripada ovom treningu: {event}.",
    "During it, take {amount} of carbohydrate in all.": "Tokom toga unesi ukupno {amount} ugljenih hidrata.",
    "The range is {low} to {high}.": "Raspon je od {low} do {high}.",
    "Drink {low} to {high} over the next hours.": "U narednim satima popij od {low} do {high}.",
    "At this rate use products with glucose and fructose.": "Pri tom unosu biraj proizvode sa glukozom i fruktozom.",
}
RACES: dict[str, str] = {
    "There is no race in your calendar.": "U tvom kalendaru nema trke.",
    "Add it as a race with its length, and the days before it are planned for it.": (
        "Dodaj je kao trku sa trajanjem, pa će i dani pre nje biti planirani za nju."
    ),
    "Your next race is {event}.": "Tvoja sledeća trka je {event}.",
    "Ask me for the race plan to see what to eat and drink before, during and after it.": (
        "Traži mi plan za trku da vidiš šta da jedeš i piješ pre, tokom i posle nje."
    ),
    "The carbohydrate loading before it is part of your plan, where the race is long enough to need it.": (
        "Punjenje ugljenim hidratima pred nju je deo tvog plana ako je trka dovoljno duga."
    ),
    "Your race is {event}.": "Tvoja trka je {event}.",
    "The last meal, {hours} before the start: {amount} of carbohydrate, familiar, low in fiber and fat.": (
        "Poslednji obrok, {hours} pre starta: {amount} ugljenih hidrata, poznata hrana, malo vlakana i masti."
    ),
    "To drink until then: {low} to {high}, in small amounts.": "Za piće do tada: od {low} do {high}, po malo.",
    "To drink: {rate}, by thirst and never more than you sweat.": (
        "Za piće: {rate}, po žeđi i nikad više nego što izgubiš znojenjem."
    ),
    "Late caffeine costs sleep, so leave it out in the hours before bed.": (
        "Kasni kofein kvari san, zato ga izostavi u satima pre spavanja."
    ),
    "The loading before it is in your targets:": "Punjenje pred nju je u tvojim ciljevima:",
    "Choose food low in fiber and fat these days, spread over all meals; some more weight is water and normal.": (
        "Tih dana biraj hranu sa malo vlakana i masti, kroz sve obroke; malo veća težina je voda i normalna je."
    ),
    "Your race is today: {event}.": "Tvoja trka je danas: {event}.",
    "Your race is tomorrow: {event}.": "Tvoja trka je sutra: {event}.",
    "{count} days: your race is {event}.": "Do trke: {count} [dan|dana|dana]. To je {event}.",
    "How long it will take you is not known; add the length and I can plan it.": (
        "Ne zna se koliko će trajati; dodaj trajanje pa mogu da je isplaniram."
    ),
    "Shortly before the start: {amount} of carbohydrate.": "Neposredno pre starta: {amount} ugljenih hidrata.",
    "During the race: {rate} of carbohydrate.": "Tokom trke, ugljeni hidrati: {rate}.",
    "In all that is {total}, taken as {each} at a time with {minutes} between.": (
        "Ukupno je to {total}, po {each} odjednom, sa razmakom od {minutes}."
    ),
    "Sodium: {rate}.": "Natrijum: {rate}.",
    "Caffeine, only if you tested it in training: {amount} about an hour before.": (
        "Kofein, samo ako ti ga je trening već pokazao kao dobar: {amount}, oko sat ranije."
    ),
    "Your profile leaves values open that this rests on; fill them in to make the plan your own.": (
        "U tvom profilu nedostaju vrednosti na kojima ovo počiva; popuni ih da plan bude tvoj."
    ),
    "Try it in training first; nothing new on race day.": "Prvo probaj na treningu; na dan trke ništa novo.",
    "I propose caffeine only before a race, and there is none in your calendar.": (
        "Kofein predlažem samo pred trku, a u tvom kalendaru je nema."
    ),
    "The dishes of that day are planned when it is nearer.": "Jela za taj dan se planiraju kad bude bliže.",
    "It is not long enough for a loading of its own, or its length is not known: your normal targets hold.": (
        "Nije dovoljno duga za posebno punjenje ili joj se ne zna trajanje: važe tvoji uobičajeni ciljevi."
    ),
    "{day}: {amounts}.": "{day}: {amounts}.",
    "Before it, {amount} of caffeine about an hour ahead is within what is studied, if you tested it in training.": (
        "Pred nju je {amount} kofeina, oko sat ranije, u granicama koje su ispitane, ako ti ga je trening pokazao kao "
        "dobar."
    ),
    "I propose no dose for you: your profile is incomplete, or gives a reason against it.": (
        "Za tebe ne predlažem dozu: profil ti je nepotpun ili u njemu ima razloga protiv."
    ),
    "{on} you need {amounts}.": "{on} ti treba {amounts}.",
}
TARGETS: dict[str, str] = {
    "Besides that, {amounts}.": "Osim toga, {amounts}.",
    "The day counts as {day_class} with {load}: {titles}.": "Vrsta dana po opterećenju: {day_class}, {load}; {titles}.",
    "In the calendar that day: {titles}, {load}.": "U kalendaru tog dana: {titles}, {load}.",
    "The load of {day} is {load}, a {day_class} day: {titles}.": (
        "Opterećenje ({day}): {load}, vrsta dana: {day_class}; {titles}."
    ),
    "With your target of {day}, your energy availability is {amount}.": (
        "Uz tvoj cilj ({day}) dostupnost energije je {amount}."
    ),
    "Eating exactly what you spend would give {amount}.": "Unos jednak potrošnji dao bi {amount}.",
    "{day} asks for {amounts}.": "{day}: taj dan traži {amounts}.",
    "The training is what differs: {titles} with {load} against {other_titles} with {other_load}.": (
        "Razlika je u treningu: {titles} ({load}) naspram {other_titles} ({other_load})."
    ),
    "The plan was checked against these limits before it was stored.": (
        "Plan se proverava prema ovim granicama pre čuvanja."
    ),
    "It is calculated from the reference values for what your profile leaves open.": (
        "Za ono što u tvom profilu nedostaje računa se sa referentnim vrednostima."
    ),
    "The load of the day sets it at {amount}.": "Prema opterećenju dana to je {amount}.",
    "That counts with a body mass of {weight}.": "Računato je sa telesnom masom: {weight}.",
    "That is the day of {event}.": "Tog dana je {event}.",
    "In the calendar: {titles}.": "U kalendaru: {titles}.",
    "Your plan gives you {amounts}.": "Tvoj plan ti daje {amounts}.",
    "That is low. It is a prompt to look closer, not a diagnosis: please talk to a sports physician.": (
        "To je nisko. To je povod da se pogleda bliže, a ne dijagnoza: porazgovaraj sa sportskim lekarom."
    ),
    "You spend about {energy}.": "Trošiš oko {energy}.",
    "Your goal takes off {energy}.": "Tvoj cilj oduzima {energy}.",
    "Your goal adds {energy}.": "Tvoj cilj dodaje {energy}.",
    "That is below what your body has at balance. Watch sleep, mood and recovery, and do not go lower.": (
        "To je ispod onoga što telo ima u ravnoteži. Prati san, raspoloženje i oporavak i ne idi niže."
    ),
    "Nothing in it asks for attention. It is a screening figure, not a diagnosis.": (
        "Ništa tu ne traži pažnju. To je orijentaciona vrednost, a ne dijagnoza."
    ),
    "{amount} of the carbohydrate of {day} are there for the session of the day after.": (
        "Od ugljenih hidrata za dan {day}, {amount} je tu zbog treninga narednog dana."
    ),
    "For {day} your plan gives you {planned}; the target is {target}.": (
        "{day}: tvoj plan ti daje {planned}; cilj je {target}."
    ),
    "Why: {reason}.": "Zašto: {reason}.",
    "It is calculated as: {formula}.": "Računa se ovako: {formula}.",
    "I leave out energy and weight here; the meals are what counts.": (
        "Energiju i težinu ovde izostavljam; važni su obroci."
    ),
}
TRAINING: dict[str, str] = {
    "That is {event}.": "To je {event}.",
    "It should take about {energy}.": "Na to ćeš potrošiti oko {energy}.",
    "The day is planned with {amounts}.": "Taj dan je planiran sa: {amounts}.",
    "Your training {span}:": "Tvoji treninzi {span}:",
    "from {first} to {last}": "({first} – {last})",
    "There is no training in your calendar {span}.": "U tvom kalendaru nema treninga {span}.",
    "Your food is planned as for rest. Add training by hand or connect a calendar if something is missing.": (
        "Hrana ti je planirana kao za odmor. Ako nešto nedostaje, dodaj trening ručno ili poveži kalendar."
    ),
    "{event}.": "{event}.",
    "I see no {event} in your calendar.": "U tvom kalendaru nema ovoga: {event}.",
    "{title} {on}": "{title} {on}",
    "{event} at {time}": "{event} u {time}",
    "{event}, {length}": "{event}, {length}",
}
SENTENCES: dict[str, str] = FUELING | RACES | TARGETS | TRAINING
