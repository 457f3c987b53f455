"""Serbian sentences about proposals, what-ifs, eaten meals, energy, nutrients, the week, by their English template."""

from __future__ import annotations

CHANGES: dict[str, str] = {
    "Nothing is changed yet: confirm the proposal below.": "Još ništa nije promenjeno: potvrdi predlog ispod.",
    "If it is an allergy, set it in your food settings instead: then it is kept out hidden or not.": (
        "Ako je to alergija, unesi je radije u podešavanja hrane: tada je nema, ni skrivene."
    ),
    "You have no shopping list yet. Make one under “Shopping”, then I can add to it.": (
        "Još nemaš spisak za kupovinu. Napravi ga pod „Shopping“, pa ću moći da predlažem dopune."
    ),
    "I can put that on your shopping list.": "To mogu da predložim za tvoj spisak za kupovinu.",
    "Tell me the sport, the day and how long it lasts, and I can propose to add it.": (
        "Reci mi sport, dan i koliko traje, pa mogu da predložim da se doda."
    ),
    "You can add it yourself under “Training” at any time.": "U svako doba možeš da ga uneseš pod „Training“.",
    "Tell me how long it lasts, and I can propose to add it.": "Reci mi koliko traje, pa mogu da predložim da se doda.",
    "I can add that to your training {on}.": "To mogu da predložim za tvoje treninge {on}.",
    "Nothing is changed yet: the proposal below shows what the day would ask for.": (
        "Još ništa nije promenjeno: predlog ispod pokazuje šta bi taj dan tražio."
    ),
    "It cannot be planned that way: no plan keeps all limits.": (
        "Tako ne može da se planira: nijedan plan ne drži sve granice."
    ),
    "That cannot be changed now. {reason}": "To sada ne može da se promeni. {reason}",
    "That cannot be changed now; the page of it shows why.": "To sada ne može da se promeni; na stranici piše zašto.",
    "{dish}, your {slot} {on}, could change again with the next plan.": (
        "{dish} ({slot} {on}) bi sa sledećim planom opet moglo da bude drugačije."
    ),
    "{dish}, your {slot} {on}, would stay whatever the plan does.": (
        "{dish} ({slot} {on}) bi ostalo, šta god plan donese."
    ),
    "It could be planned for you again.": "Opet bi moglo da ti dođe u plan.",
    "It would be kept out of your plans from the next one on.": (
        "Od sledećeg plana nadalje ga ne bi bilo u tvojim planovima."
    ),
    "None of the dishes I can plan for you holds it now; it would stay out of any that comes.": (
        "Nijedno jelo koje sada mogu da ti planiram ga nema; ne bi bilo ni u jednom koje dođe."
    ),
    "That would hold for every meal: I cannot keep a food out of one meal only.": (
        "To bi važilo za svaki obrok: ne mogu da izostavim namirnicu samo iz jednog obroka."
    ),
    "What you do not eat: {foods}.": "Ono što ne jedeš: {foods}.",
    "You named no food that you do not like.": "Nema unete hrane koju ne voliš.",
    "{dish}, your {slot} {on}, brings {amounts} of what the day asks for.": (
        "{dish} ({slot} {on}) donosi {amounts} od onoga što taj dan traži."
    ),
    "Better not leave it out: training without it costs recovery, and the hunger comes later.": (
        "Bolje ga ne preskači: trening bez njega kvari oporavak, a glad dođe kasnije."
    ),
    "If it cannot be helped, mark it as skipped on the page of the day, and the rest can be planned again.": (
        "Ako nema druge, označi ga kao preskočen na stranici dana, pa ostatak može ponovo da se isplanira."
    ),
    "I cannot mark meals from here: mark it on the page of the day, as eaten or skipped.": (
        "Odavde ne mogu da označavam obroke: označi ga na stranici dana, kao pojeden ili preskočen."
    ),
    "If you ate something else, skip the planned meal there, and the rest of the day can be planned again.": (
        "Ako je to bilo nešto drugo, tamo preskoči obrok iz plana, pa ostatak dana može ponovo da se isplanira."
    ),
    "If a reaction was strong, please talk with a doctor.": "Ako je reakcija bila jaka, porazgovaraj sa lekarom.",
    "Your plans would keep to that diet from the next one on.": "Tvoji planovi bi se od sledećeg držali te ishrane.",
    "That is in your profile already, and every plan is kept free of it.": (
        "Tvoj profil to već navodi i svaki plan to izbegava."
    ),
    "I do not set allergies from a chat: please enter it yourself in your food settings.": (
        "Alergije ne unosim iz razgovora: unesi je ti u podešavanja hrane."
    ),
    "Until then your plans are not kept free of it; plan these days again afterwards.": (
        "Do tada je planovi ne izbegavaju; posle toga ponovo isplaniraj te dane."
    ),
    "{dish} is not in your plan for {day}.": "Ovog jela nema u tvom planu ({day}): {dish}.",
    "Each portion takes {ingredients}.": "Za svaku porciju treba: {ingredients}.",
    "{dish} is excluded for you by your allergies or your diet.": (
        "{dish} je za tebe isključeno zbog tvojih alergija ili ishrane."
    ),
    "Then:": "Zatim:",
    "Nothing you eat today or tomorrow by your plan holds it.": (
        "Toga nema ni u čemu što po planu jedeš danas ili sutra."
    ),
    "I do not find exactly that; the nearest I find is {food}.": "Baš to ne nalazim; najbliže što nalazim je {food}.",
    "Weight, goals, allergies and the rest of your profile are changed by you alone, under “Settings”.": (
        "Težinu, ciljeve, alergije i ostalo u profilu menjaš samo ti, pod „Settings“."
    ),
    "Your targets and plans follow as soon as you save.": "Ciljevi i planovi to prate čim sačuvaš.",
    "You need not avoid {food}: neither your allergies nor your diet exclude it.": (
        "Ne moraš da izbegavaš {food}: ne isključuju ga ni tvoje alergije ni ishrana."
    ),
}
WHAT_IF: dict[str, str] = {
    "Now the day asks for {amounts}.": "Sada taj dan traži {amounts}.",
    "With this change {day} would ask for {amounts}.": "Uz tu promenu ({day}) bi bilo potrebno {amounts}.",
    "Nothing is changed: change the session in your calendar or under “Training”, and your plan follows.": (
        "Ništa nije promenjeno: izmeni trening u kalendaru ili pod „Training“, pa će ga plan pratiti."
    ),
    "If you leave out {event}:": "Bez ovog treninga: {event}:",
    "The session is {event}.": "Trening je {event}.",
    "If you add a session {on}:": "Sa još jednim treningom {on}:",
    "That leaves the carbohydrate of the day as it is.": "Ugljeni hidrati tog dana ostaju isti.",
    "These days would move with it: {days}.": "Sa tim bi se pomerili i ovi dani: {days}.",
    "I see no session {on} in your calendar.": "U tvom kalendaru {on} nema treninga.",
    "I see no session to come in your calendar.": "U tvom kalendaru nema narednih treninga.",
    "That would leave nothing of it; ask me what happens if you leave it out.": (
        "Od njega ne bi ostalo ništa; pitaj me šta bi bilo bez njega."
    ),
    "You name no length, so I count {length} less.": "Trajanje nije navedeno, pa računam {length} manje.",
    "You name no length, so I count {length} more.": "Trajanje nije navedeno, pa računam {length} više.",
    "You name no length, so I count an hour.": "Trajanje nije navedeno, pa računam sat vremena.",
    "That is {amount} of carbohydrate more.": "To je {amount} ugljenih hidrata više.",
    "That is {amount} of carbohydrate less.": "To je {amount} ugljenih hidrata manje.",
    "That session was done already, so it stays in the calculation.": (
        "Taj trening je već iza tebe, pa ostaje u računu."
    ),
    "I cannot calculate a session of that length on that day.": "Trening tog trajanja tog dana ne mogu da izračunam.",
}
EATEN: dict[str, str] = {
    "Of {day} these are marked as eaten:": "{day}: kao pojedeno je označeno:",
    "Together {amounts}.": "Ukupno {amounts}.",
    "Still open in your plan for {day}:": "Još otvoreno u tvom planu ({day}):",
    "If you have eaten otherwise, mark it on the page of the day, and the rest can be planned again.": (
        "Ako je bilo drugačije, označi to na stranici dana, pa ostatak može ponovo da se isplanira."
    ),
    "No meal of {day} is marked as eaten.": "{day}: nijedan obrok nije označen kao pojeden.",
    "Mark meals on the page of the day, and I can tell what is left.": (
        "Označi obroke na stranici dana, pa mogu da kažem šta je ostalo."
    ),
    "Nothing of your plan for {day} is open any more.": "{day}: u tvom planu više nema ničeg otvorenog.",
    "That is not in your profile, so your plan is not kept free of it.": (
        "Toga nema u tvom profilu, pa plan to ne izbegava."
    ),
    "Set it in your food settings, and plan these days again: then no dish breaks it.": (
        "Unesi to u podešavanja hrane i ponovo isplaniraj te dane: tada se nijedno jelo tome neće protiviti."
    ),
    "Not every planned dish keeps to that any more:": "Ne drže se više sva jela iz plana toga:",
    "Eaten so far: {amounts}.": "Do sada pojedeno: {amounts}.",
    "Your profile names no allergy and no diet, so nothing is excluded.": (
        "U tvom profilu nema ni alergije ni načina ishrane, pa ništa nije isključeno."
    ),
    "{dish}, your {slot} {on}.": "{dish} ({slot} {on}).",
    "Every dish planned for {day} keeps to that, by the ingredients we know.": (
        "{day}: sva jela iz plana se toga drže, prema sastojcima koje znamo."
    ),
    "Every dish planned from {first} to {last} keeps to that, by the ingredients we know.": (
        "Sva jela iz plana ({first} – {last}) se toga drže, prema sastojcima koje znamo."
    ),
    "It is not in your profile, so only this was checked; set it in your food settings to have every plan keep it.": (
        "Toga nema u tvom profilu, pa je provereno samo ovo; unesi to u podešavanja hrane da ga se drži svaki plan."
    ),
    "{dish}, your {slot} {on}, does not fit that.": "{dish} ({slot} {on}) se sa tim ne slaže.",
    "The reason: {reasons}.": "Razlog: {reasons}.",
    "By the ingredients we know, {dish}, your {slot} {on}, fits that.": (
        "Prema sastojcima koje znamo, {dish} ({slot} {on}) se sa tim slaže."
    ),
}
ENERGY: dict[str, str] = {
    "In words: it is the energy left for your body itself once training has taken its share.": (
        "Drugim rečima: to je energija koja ostaje samom telu kad trening uzme svoj deo."
    ),
    "I plan no change of weight here and set no goal for it; your meals follow your training.": (
        "Ovde ne planiram promenu težine i za nju nemam cilj; tvoji obroci prate treninge."
    ),
    "A doctor or a registered sports dietitian can look at it with you.": (
        "Lekar ili sportski nutricionista može to da pogleda sa tobom."
    ),
    "{on} nothing is planned below what you spend.": "{on} ništa nije planirano ispod onoga što trošiš.",
    "{on} you spend about {energy}, by the formula and your training.": (
        "{on} trošiš oko {energy}, prema formuli i tvojim treninzima."
    ),
    "Of that, your targets follow {energy}.": "Od toga tvoji ciljevi prate {energy}.",
    "Your profile names no goal for your weight, so you eat what you spend.": (
        "U tvom profilu nema cilja za težinu, pa jedeš onoliko koliko trošiš."
    ),
    "You can set one under “Settings”; how fast it may go is limited for your health.": (
        "Možeš da ga postaviš pod „Settings“; brzina je ograničena zbog tvog zdravlja."
    ),
    "The rate you set is {rate} of your weight a week.": "Tempo iz tvog profila je {rate} težine nedeljno.",
    "Slow is what keeps muscle: never more than a hundredth of your weight a week is planned.": (
        "Sporo je ono što čuva mišiće: nikad se ne planira više od stotog dela težine nedeljno."
    ),
    "Slow is what keeps it muscle, with enough protein and training.": (
        "Sporo je ono uz šta to budu mišići, sa dovoljno proteina i treninga."
    ),
    "{on} there is one: {energy} below what you spend.": "{on} ga ima: {energy} ispod onoga što trošiš.",
    "Your profile names no goal to lose weight.": "U tvom profilu nema cilja za mršavljenje.",
    "I have learned nothing of my own about it yet: that takes weigh-ins and marked meals over some weeks.": (
        "O tome još nemam saznanja iz tvojih podataka: za to trebaju merenja i označeni obroci kroz nekoliko nedelja."
    ),
    "Your weigh-ins say that you spend {energy} more than the formula.": (
        "Tvoja merenja kažu da trošiš {energy} više nego što kaže formula."
    ),
    "Your weigh-ins say that you spend {energy} less than the formula.": (
        "Tvoja merenja kažu da trošiš {energy} manje nego što kaže formula."
    ),
    "{on} that takes off {energy}.": "{on} to oduzima {energy}.",
    "{on} nothing is taken off; ask me why there is no deficit.": (
        "{on} se ništa ne oduzima; pitaj me zašto nema deficita."
    ),
    "{on} that adds {energy}.": "{on} to dodaje {energy}.",
    "Your weight is already low for your height, so I plan no loss; please talk with a doctor.": (
        "Tvoja težina je već mala za tvoju visinu, pa ne planiram mršavljenje; porazgovaraj sa lekarom."
    ),
    "Your profile leaves open what it takes to plan a loss safely; fill it in under “Settings”.": (
        "U tvom profilu nedostaje ono što je potrebno za bezbedan plan; popuni to pod „Settings“."
    ),
    "Your health answers speak against it for now; your day's page says which.": (
        "Tvoji odgovori o zdravlju za sada govore protiv toga; na stranici dana piše koji."
    ),
    "Days with much training and the week of a race carry none, so that you can train and recover; easier days of the "
    "week carry it.": (
        "Dani sa mnogo treninga i nedelja trke ga nemaju, da bi trening i oporavak bili mogući; nose ga lakši dani."
    ),
    "No weight is planned for you here: what suits you is more than a number, and your meals follow your training.": (
        "Težinu ovde ne planiram: ono što ti prija je više od broja, a tvoji obroci prate treninge."
    ),
    "If your weight worries you, a doctor or a registered sports dietitian can look at it with you.": (
        "Ako te težina brine, lekar ili sportski nutricionista može to da pogleda sa tobom."
    ),
}
NUTRIENTS: dict[str, str] = {
    "{food} holds too little of it to get there.": "{food} ga sadrži premalo da bi se toliko dostiglo.",
    "It is excluded for you by your allergies or your diet, so it is no food for you.": (
        "Isključeno je zbog tvojih alergija ili ishrane, pa to nije hrana za tebe."
    ),
    "These are your targets from {first} to {last}:": "Tvoji ciljevi ({first} – {last}):",
    "This is the mean of a day in your plan from {first} on, as far as its foods are known:": (
        "Ovo je dnevni prosek u tvom planu, računajući od: {first}, koliko su namirnice poznate:"
    ),
    "Only a blood test tells what your body has of it.": "Koliko ga ima u telu, kaže samo analiza krvi.",
    "No meals are planned for these days, so I cannot tell. Ask me what to eat and a plan is made.": (
        "Za te dane nema planiranih obroka, pa ne mogu da kažem. Pitaj me šta da jedeš i plan se pravi."
    ),
    "{nutrient}: {mean}; the reference is {reference}, near enough or above.": (
        "{nutrient}: {mean}; referentna vrednost je {reference}, a to je dovoljno blizu ili iznad."
    ),
    "{hint}": "{hint}",
    "{nutrient}: {mean}; the reference is {reference}: worth a look, and no diagnosis.": (
        "{nutrient}: {mean}; referentna vrednost je {reference}: vredi pogledati, a to nije dijagnoza."
    ),
    "{nutrient}: {mean}; the reference is {reference}: worth a look with a dietitian.": (
        "{nutrient}: {mean}; referentna vrednost je {reference}: vredi pogledati sa nutricionistom."
    ),
    "{nutrient}: {mean}; the reference is {reference}, but too little is known to judge.": (
        "{nutrient}: {mean}; referentna vrednost je {reference}, ali se premalo zna za ocenu."
    ),
    "{count} foods are noted as being at home.": (
        "U kući: {count} [zabeležena namirnica|zabeležene namirnice|zabeleženih namirnica]."
    ),
    "Most of all: {foods}.": "Najviše: {foods}.",
    "Nothing is noted as being at home; note it under “Shopping”, and lists and plans use it up.": (
        "Ništa nije zabeleženo kao da je u kući; zabeleži to pod „Shopping“, pa će spiskovi i planovi to trošiti."
    ),
    "These are without it and keep the day within its limits:": "Ova jela su bez toga i dan ostaje u svojim granicama:",
    "It is not in it; it is made of {ingredients}.": "Toga u jelu nema; sastojci su: {ingredients}.",
}
SESSIONS: dict[str, str] = {
    "Your next session is {event}.": "Tvoj sledeći trening je {event}.",
    "Your longest session from {first} to {last} is {event}.": "Tvoj najduži trening ({first} – {last}) je {event}.",
    "{count} sessions {span}.": "Imaš {count} [trening|treninga|treninga] {span}.",
    "The longest is {event}.": "Najduži je {event}.",
    "For {day} your fitness is {ctl} and your fatigue {atl}.": "{day}: forma (CTL) je {ctl}, a umor (ATL) {atl}.",
    "The load of the week is {load}.": "Opterećenje te nedelje je {load}.",
    "The week before it was {load}.": "Nedelju pre toga bilo je {load}.",
    "{count} sessions are recorded, {time} in all:": (
        "{count} [zabeležen trening|zabeležena treninga|zabeleženih treninga], ukupno {time}:"
    ),
    "There is no training in your calendar to come.": "U tvom kalendaru nema narednih treninga.",
    "I see no session with a known length in your calendar.": "U tvom kalendaru nema treninga sa poznatim trajanjem.",
    "One session {span}: {event}.": "Samo jedan trening {span}: {event}.",
    "Together they last {time}.": "Zajedno traju {time}.",
    "Those with a known length last {time} together.": "Oni sa poznatim trajanjem zajedno traju {time}.",
    "Nothing is known of your training yet, so there is no form to tell.": (
        "O tvojim treninzima se još ništa ne zna, pa ni o formi."
    ),
    "Too little of your past training is known for these figures to stand on their own yet.": (
        "Premalo se zna o tvojim ranijim treninzima da bi ove vrednosti već bile pouzdane."
    ),
    "No recorded session lies in these days; upload one under “Training”, or connect a source of them.": (
        "U tim danima nema zabeleženog treninga; unesi ga pod „Training“ ili poveži izvor."
    ),
    "{title} {on}, {time}.": "{title} {on}, {time}.",
    "Your form is {amount} below zero: you carry fatigue, so eat your targets and sleep.": (
        "Tvoja svežina je {amount} ispod nule: nosiš umor, zato jedi po ciljevima i spavaj."
    ),
    "Your form is {amount} above zero: you are rested.": "Tvoja svežina je {amount} iznad nule: telo je odmorno.",
    "Your form is level: you carry no fatigue to speak of.": (
        "Tvoja svežina je u ravnoteži: ne nosiš umor vredan pomena."
    ),
}
WEEK: dict[str, str] = {
    "From {first} to {last} you have {count} sessions, {length} together.": (
        "Imaš {count} [trening|treninga|treninga] ({first} – {last}), zajedno {length}."
    ),
    "From {first} to {last} you have {count} sessions.": "Imaš {count} [trening|treninga|treninga] ({first} – {last}).",
    "From {first} to {last} there is one session: {title}.": "Samo jedan trening ({first} – {last}): {title}.",
    "From {first} to {last} no training is in your calendar.": "U tvom kalendaru ({first} – {last}) nema treninga.",
    "The most is asked {day}, with {titles}: {carbs} of carbohydrate.": (
        "Najviše se traži {day}, uz {titles}: {carbs} ugljenih hidrata."
    ),
    "The most is asked {day}, with {titles}.": "Najviše se traži {day}, uz {titles}.",
    "The least is asked {day}: {carbs} of carbohydrate.": "Najmanje se traži {day}: {carbs} ugljenih hidrata.",
    "Protein stays between {low} and {high} a day.": "Proteini ostaju od {low} do {high} dnevno.",
    "Protein is {low} every day.": "Proteina je {low} svakog dana.",
    "{title} is {day}; ask for its race plan.": "{title} je {day}; traži plan za trku.",
    "Meals are planned for every one of these days.": "Obroci su planirani za svaki od tih dana.",
    "Meals are planned until {day}.": "Obroci su planirani do ovog dana: {day}.",
    "No meals are planned for these days yet.": "Za te dane obroci još nisu planirani.",
}
STANDING: dict[str, str] = {
    "That day is outside what I can plan. Ask me about a day nearer to today.": (
        "Taj dan je van onoga što mogu da planiram. Pitaj me za dan bliži današnjem."
    ),
    "The plan for these days is still being worked out. Please ask again in a moment.": (
        "Plan za te dane se još računa. Pitaj ponovo za koji trenutak."
    ),
}
SENTENCES: dict[str, str] = CHANGES | WHAT_IF | EATEN | ENERGY | NUTRIENTS | SESSIONS | WEEK | STANDING
