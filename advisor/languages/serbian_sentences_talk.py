"""Serbian sentences about the athlete, the state of the plan, care, and the talk itself, by their English template."""

from __future__ import annotations

STATE: dict[str, str] = {
    "Your sport is {sport}.": "Tvoj sport je {sport}.",
    "Your height is {height}.": "Tvoja visina je {height}.",
    "Your body mass is {weight}.": "Tvoja telesna masa je {weight}.",
    "Your goals: {goals}.": "Tvoji ciljevi: {goals}.",
    "There is no meal plan for {day} yet. Ask me what to eat that day and it is made.": (
        "Za taj dan još nema plana obroka ({day}). Pitaj me šta da jedeš tog dana i plan se pravi."
    ),
    "It was made {on} at {time}.": "Nastao je {on} u {time}.",
    "No calendar is connected; I follow the training you enter by hand.": (
        "Nijedan kalendar nije povezan; pratim treninge koje unosiš ručno."
    ),
    "Your diets: {diets}.": "Tvoj način ishrane: {diets}.",
    "You named no diets.": "Nema unetog načina ishrane.",
    "Your allergies: {allergies}.": "Tvoje alergije: {allergies}.",
    "You named no allergies.": "Nema unetih alergija.",
    "What is missing is taken from reference values; fill it in to make your targets your own.": (
        "Ono što nedostaje uzima se iz referentnih vrednosti; popuni to da ciljevi budu tvoji."
    ),
    "No: your plan holds food that your allergies or your diet exclude now. Plan these days again first.": (
        "Ne: u planu ima hrane koju tvoje alergije ili ishrana sada isključuju. Prvo ponovo isplaniraj te dane."
    ),
    "It was last read {on} at {time}.": "Poslednje čitanje: {on} u {time}.",
    "No: your training or your profile has changed since this plan was made. Plan it again to follow it.": (
        "Ne: tvoji treninzi ili profil su drugačiji nego kad je plan nastao. Isplaniraj ponovo da ih prati."
    ),
    "Yes: your plan for {day} follows your present training and profile.": (
        "Da: tvoj plan ({day}) prati tvoje sadašnje treninge i profil."
    ),
    "Your {calendar} calendar is connected.": "Tvoj kalendar ({calendar}) je povezan.",
    "Your {calendar} calendar has not been read yet.": "Tvoj kalendar ({calendar}) još nije pročitan.",
    "Your {calendar} calendar could not be read; earlier training is kept.": (
        "Tvoj kalendar ({calendar}) nije mogao da se pročita; raniji treninzi ostaju."
    ),
    "Your {calendar} calendar needs to be connected again.": "Tvoj kalendar ({calendar}) treba ponovo povezati.",
}
TALK: dict[str, str] = {
    "what to eat at a meal or on a day, and around a session or a race": (
        "šta da jedeš za obrok ili u danu, i oko treninga ili trke"
    ),
    "your targets and why they are what they are": "tvoji ciljevi i zašto su baš takvi",
    "your training, your week, and whether your plan still follows your calendar": (
        "tvoji treninzi, tvoja nedelja i da li plan i dalje prati kalendar"
    ),
    "recipes with their grams, your shopping list, and what is in a food": (
        "recepti sa gramima, spisak za kupovinu i šta ima u nekoj namirnici"
    ),
    "whether a food fits your allergies and diet, and other dishes in place of one you do not want": (
        "da li se namirnica slaže sa tvojim alergijama i ishranom, i druga jela umesto onog koje ne želiš"
    ),
    "what would change if you left out, lengthened or added a session": (
        "šta bi bilo drugačije bez nekog treninga, sa dužim ili sa još jednim"
    ),
    "Hello. Ask me what to eat around your training, why your targets are what they are, or what to buy.": (
        "Zdravo. Pitaj me šta da jedeš oko treninga, zašto su ti ciljevi baš takvi ili šta da kupiš."
    ),
    "You are welcome. Eat well, and ask when something changes.": (
        "Nema na čemu. Jedi dobro i pitaj kad se nešto promeni."
    ),
    "I answer from your own plan and calendar. You can ask me about:": (
        "Odgovaram iz tvog plana i kalendara. Možeš da me pitaš o ovome:"
    ),
    "I explain and propose; you decide. I do not treat illness, medication or eating problems.": (
        "Ja objašnjavam i predlažem; ti odlučuješ. Ne bavim se bolestima, lekovima ni problemima sa ishranom."
    ),
    "I am the advisor of AthlEAT, a program and not a person.": "Ja sam savetnik u AthlEAT-u, program, a ne osoba.",
    "I answer from your own plan, calendar and profile, and show where each number comes from.": (
        "Odgovaram iz tvog plana, kalendara i profila i pokazujem odakle je svaki broj."
    ),
    "I change nothing by myself: I propose, and you confirm.": "Ništa ne menjam: ja predlažem, a ti potvrđuješ.",
    "No, this is not medical advice.": "Ne, ovo nije medicinski savet.",
    "It is general information for healthy adults, from estimates that can be off.": (
        "To su opšte informacije za zdrave odrasle osobe, iz procena koje mogu da odstupaju."
    ),
    "Please ask a doctor or a registered sports dietitian about illness, pregnancy, medication, being under age or an "
    "eating problem, and check labels yourself if you have an allergy.": (
        "Za bolest, trudnoću, lekove, maloletnost ili problem sa ishranom pitaj lekara ili sportskog nutricionistu, a "
        "ako imaš alergiju, proveravaj i deklaracije."
    ),
    "You can delete a conversation from its own page; it is really gone then, with everything it said.": (
        "Razgovor možeš da obrišeš na njegovoj stranici; tada ga zaista nema, sa svime što je u njemu."
    ),
    "Your whole account with all its data is exported or deleted from your account page, under “More”.": (
        "Ceo nalog sa svim podacima možeš da preuzmeš ili obrišeš na stranici naloga, pod „More“."
    ),
    "I cannot delete anything for you from here.": "Odavde ne mogu ništa da obrišem umesto tebe.",
    "Every number I give is a fact from your plan, your calendar, your profile or the calculation of your day.": (
        "Svaki broj koji navedem je podatak iz tvog plana, kalendara, profila ili obračuna dana."
    ),
    "For {day} your carbohydrate rests on {source}.": "Ugljeni hidrati ({day}) počivaju na: {source}.",
    "Your protein rests on {source}.": "Proteini počivaju na: {source}.",
    "The sources stand below each answer; ask me why for one target to see how it came about.": (
        "Izvori stoje ispod svakog odgovora; pitaj me zašto za neki cilj da vidiš kako je nastao."
    ),
    "I cannot answer that, but here is what I can tell you about:": "Na to ne umem da odgovorim, ali o ovome mogu:",
    "What you write here belongs to you.": "Ono što ovde pišeš je tvoje.",
    "A coach sees your training and plan once you have agreed to the link, and these talks only if you allow it.": (
        "Trener vidi tvoje treninge i plan kad pristaneš na vezu, a ove razgovore samo ako to dozvoliš."
    ),
    "Nothing goes to a model outside this service unless you have agreed to that, and you can take it back.": (
        "Ništa ne ide modelu van ove usluge dok na to ne pristaneš, a pristanak možeš da povučeš."
    ),
    "You find all of it in your settings.": "Sve to je u tvojim podešavanjima.",
    "TSS, the training stress score, says what a session asks of you: its length and its effort in one figure.": (
        "TSS, mera trenažnog opterećenja, kaže šta trening traži od tebe: trajanje i napor u istoj vrednosti."
    ),
    "Fitness, or CTL, is your training load of about six weeks, the recent days counting most.": (
        "Forma, ili CTL, je trenažno opterećenje poslednjih mesec i po dana; skoriji dani se računaju najviše."
    ),
    "Fatigue, or ATL, is your training load of about one week, the recent days counting most.": (
        "Umor, ili ATL, je trenažno opterećenje poslednje nedelje; skoriji dani se računaju najviše."
    ),
    "Form, or TSB, is fitness less fatigue: below zero you carry fatigue, above it you are rested.": (
        "Svežina, ili TSB, je forma umanjena za umor: ispod nule nosiš umor, iznad nje telo je odmorno."
    ),
    "Glycogen is carbohydrate stored in muscle and liver; it is the fuel of hard effort, and meals refill it.": (
        "Glikogen su ugljeni hidrati uskladišteni u mišićima i jetri; on je gorivo teškog napora, a obroci ga "
        "dopunjavaju."
    ),
    "A deficit is eating less than you spend; I plan one only for a goal you set, and never a steep one.": (
        "Deficit je unos manji od potrošnje; planiram ga samo za cilj iz tvog profila i nikad velik."
    ),
    "Macronutrients are carbohydrate, protein and fat, the parts of food that bring energy.": (
        "Makronutrijenti su ugljeni hidrati, proteini i masti, delovi hrane koji donose energiju."
    ),
    "I change nothing by a word: confirm or decline a proposal where it stands, or ask me something else.": (
        "Na jednu reč ništa ne menjam: predlog potvrdi ili odbij tamo gde stoji, ili me pitaj nešto drugo."
    ),
}
CARE: dict[str, str] = {
    "I plan no alcohol and set no target for it.": "Alkohol ne planiram i za njega nemam cilj.",
    "In the day before a session, a race, or in the hours of recovery it costs you fluid, sleep, and the refilling of "
    "your stores; its energy counts like any other.": (
        "Dan pre treninga ili trke i u satima oporavka alkohol te košta tečnosti, sna i punjenja zaliha; njegova "
        "energija se računa kao i svaka druga."
    ),
    "If you drink, have it with food, well away from training, and drink water with it.": (
        "Ako piješ, neka bude uz hranu, daleko od treninga i sa vodom."
    ),
    "If it is hard to leave out, a doctor can help in confidence.": (
        "Ako ti je teško da ga izostaviš, lekar može da pomogne u poverenju."
    ),
    "You answer for what is found in your body: take only products tested by batch (Informed Sport, NSF Certified for "
    "Sport), and check the present list of the World Anti-Doping Agency.": (
        "Za ono što se nađe u tvom telu odgovaraš ti: uzimaj samo proizvode koji se ispituju po serijama („Informed "
        "Sport“, „NSF Certified for Sport“) i proveri važeću listu Svetske antidoping agencije."
    ),
    "How much you sweat is not known to me; I count with reference values for the length and the effort.": (
        "Ne znam koliko se znojiš; računam sa referentnim vrednostima za trajanje i napor."
    ),
    "You can measure it: weigh yourself before and after a session, add what you drank, and take the difference for "
    "each hour.": (
        "To možeš da izmeriš: vagaj se pre i posle treninga, dodaj ono što popiješ i razliku podeli brojem sati."
    ),
    "I cannot tell what causes it.": "Ne mogu da kažem šta je uzrok.",
    "What is usually easier on the stomach before a session: food you know, low in fiber and fat, eaten with more time "
    "ahead; and during it small sips and small bites instead of much at once.": (
        "Pre treninga stomaku obično lakše pada poznata hrana sa malo vlakana i masti, pojedena ranije; a tokom njega "
        "mali gutljaji i mali zalogaji umesto mnogo odjednom."
    ),
    "Try one change at a time, in training and not on race day.": (
        "Probaj promenu po promenu, na treningu, a ne na dan trke."
    ),
    "If it is strong, new or does not go away, please ask a doctor.": "Ako je jako, novo ili ne prolazi, pitaj lekara.",
    "The session to think of is {event}.": "Trening na koji treba misliti je {event}.",
    "While you are still growing I advise on no supplements: food first, a doctor or dietitian for the rest.": (
        "Dok još rasteš, ne savetujem suplemente: prvo hrana, a za ostalo lekar ili nutricionista."
    ),
    "That belongs to the class D of the Australian Institute of Sport: banned, or at high risk of holding something "
    "banned. I give no advice on how to use it.": (
        "To spada u klasu D Australijskog instituta za sport: zabranjeno ili sa velikim rizikom da sadrži nešto "
        "zabranjeno. Ne dajem savete o upotrebi."
    ),
    "For {event} it comes to this.": "Za {event} to izgleda ovako.",
    "The session I see is {event}.": "Trening koji vidim je {event}.",
    "That belongs to the class A of the Australian Institute of Sport: there is good evidence for it in some "
    "situations, used to a protocol.": (
        "To spada u klasu A Australijskog instituta za sport: za neke situacije, po protokolu, dokazi su dobri."
    ),
    "Whether it is one for you is a question for a sports dietitian; it can have side effects.": (
        "Da li je to za tebe, pitanje je za sportskog nutricionistu; može imati neželjena dejstva."
    ),
    "Plan to drink about {amount}, by thirst and never more than you sweat.": (
        "Računaj na oko {amount} pića, po žeđi i nikad više nego što izgubiš znojenjem."
    ),
    "Take {amount} of sodium with it.": "Uz to uzmi natrijum: {amount}.",
    "At that length it needs no sodium of its own; your meals bring it.": (
        "Za to trajanje poseban natrijum nije potreban; donose ga obroci."
    ),
    "Ask me for another dish if that is one you do not carry well.": "Traži mi drugo jelo ako ti to teško pada.",
    "That belongs to the class B of the Australian Institute of Sport: the evidence is only emerging, so I do not "
    "recommend it.": (
        "To spada u klasu B Australijskog instituta za sport: dokazi se tek skupljaju, pa to ne preporučujem."
    ),
    "That belongs to the class C of the Australian Institute of Sport: little of it is shown to help, so I do not "
    "recommend it.": (
        "To spada u klasu C Australijskog instituta za sport: malo šta pokazuje da pomaže, pa to ne preporučujem."
    ),
    "Food first: your plan is made to meet your targets with food alone.": (
        "Prvo hrana: tvoj plan ciljeve ispunjava samom hranom."
    ),
    "Supplements come in classes: A with good evidence in some situations, B emerging, C with little, D banned or "
    "risky. Ask me about one by name.": (
        "Suplementi se dele u klase: A sa dobrim dokazima u nekim situacijama, B sa početnim, C sa slabim, D "
        "zabranjeni ili rizični. Pitaj me za neki po imenu."
    ),
}
SENTENCES: dict[str, str] = STATE | TALK | CARE
