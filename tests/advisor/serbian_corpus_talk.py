"""Serbian questions as people type them: sessions moved, lists, likes, hunger, pieces to take along, reasons."""

from __future__ import annotations

# By the kind of answer, with the English question that means the same.
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("move_session", "Pomeri plivanje na petak", "move my swim to friday"),
    ("cancel_session", "Otkaži sutrašnju vožnju", "cancel tomorrow's ride"),
    ("length_of_session", "Skrati dugo trčanje na sat i po", "shorten my long run to 90 minutes"),
    ("no_diet", "Nisam više vegan", "i am no longer vegan"),
    ("shopping_remove", "Skini mleko sa spiska", "remove milk from my list"),
    ("shopping_bought", "Kupila sam mleko", "i bought milk"),
    ("fuel_pieces", "Koliko gelova mi treba za polumaraton?", "how many gels do i need for my half marathon"),
    ("dish_taste", "Je li večera sutra ljuta?", "is dinner tomorrow spicy"),
    ("dish_keeping", "Mogu li da zamrznem sutrašnju večeru?", "can i freeze tomorrow's dinner"),
    ("dish_holds", "Ima li kikirikija u sutrašnjoj večeri?", "is there peanuts in tomorrow's dinner"),
    ("explain_plan", "Objasni mi plan", "explain my plan"),
    ("foods_with", "U čemu ima najviše gvožđa?", "which foods have the most iron"),
    ("missed_meal", "Zaboravila sam doručak", "i forgot breakfast"),
)
# The first kind of question that they fit is the one named.
PHRASINGS: dict[str, tuple[str, ...]] = {
    "move_session": (
        "prebaci dugo trčanje na nedelju",
        "Mogu li da prebacim plivanje na sutra?",
        "Premesti mi intervale na utorak u 18h",
        "hoću da pomerim vožnju na petak",
    ),
    "cancel_session": (
        "otkaži plivanje",
        "Hoću da otkažem dugo trčanje u subotu",
        "izbaci trening u petak",
        "Neću na plivanje",
    ),
    "length_of_session": (
        "produži dugo trčanje za pola sata",
        "Skrati vožnju na 45 minuta",
        "skrati mi intervale na sat vremena",
    ),
    "no_diet": ("više nisam vegan", "Nisam više vegetarijanka"),
    "shopping_remove": ("izbaci jaja sa liste", "Obriši mleko sa mog spiska", "Makni mleko sa liste"),
    "shopping_bought": ("već sam kupio jaja", "kupila sam pirinač i mleko", "precrtaj mleko"),
    "shopping_add": ("dodaj 6 jaja na spisak", "Treba da kupim i banane", "Podseti me da kupim med"),
    "fuel_pieces": (
        "koliko gelova da ponesem na dugo trčanje",
        "Koliko banana mi treba za dugo trčanje?",
        "Koliko gela na sat na polumaratonu?",
    ),
    "dish_taste": ("Da li je ručak sutra sladak?", "je l večera sutra slana"),
    "dish_keeping": ("može li ručak sutra da se zamrzne", "Mogu li sutrašnji ručak da ponesem na posao?"),
    "dish_holds": ("sadrži li sutrašnji ručak orahe", "Da li sutrašnja večera ima orahe?"),
    "explain_plan": ("Ko je napravio ovaj plan?", "Kako biraš jela?"),
    "foods_with": ("koja hrana ima puno gvožđa", "Koje namirnice sadrže kalcijum?", "gde ima magnezijuma"),
    "missed_meal": ("zaboravio sam ručak", "Propustila sam večeru"),
    "snacks": ("gladna sam, šta mogu da grickam sad", "jede mi se nešto", "Gladan sam kao vuk"),
    "dislike": (
        "Nemoj više da mi planiraš karfiol",
        "Gadi mi se džigerica",
        "opet jedem tofu",
        "zaboravi da ne volim tofu",
    ),
    "told_diet": ("Postala sam veganka", "prešao sam na vegetarijansku ishranu", "Od sada sam vegan"),
    "micronutrients": ("koliko magnezijuma unosim", "Da li unosim dovoljno cinka?", "imam li dovoljno vitamina D"),
    "leftovers": ("ostaci od juče", "Šta je ostalo od juče?", "Ima li ostataka za sutra?"),
    "what_if_skip": ("šta ako ne odem na plivanje", "Šta bi bilo kad bih preskočila dugo trčanje?"),
    "change_profile": ("promeni moju visinu",),
    "compare_days": ("zašto sutra jedem manje",),
    "carb_loading": ("kako da napunim zalihe glikogena pred trku",),
    "ideal_weight": ("koliko kila treba da imam",),
    "recipe": ("kako se prave palačinke", "recept za lazanje"),
    "prep_time": ("koliko mi treba za kuvanje večere sutra",),
    "add_session": ("dodaj trčanje sutra u 18h, sat vremena",),
}
# With one letter wrong, missing, doubled or exchanged: the kind it asks for all the same.
TYPOS: tuple[tuple[str, str], ...] = (
    ("nutrient_target", "kolko ugljenih hidrtaa mi treba sutra"),
    ("around_session", "šta da jedem pre dugog trcnaja"),
    ("meal", "sta je sutra za vecerru"),
    ("next_session", "kad je sledeci treninng"),
    ("recipe", "recpet za veceru"),
    ("swap", "zammeni mi veceru sutra"),
    ("leftovers", "ima li ostatak za sutra"),
    ("shopping_list", "sta jos trebba da kupim"),
)
FOLLOW_UPS: tuple[tuple[str, str, str], ...] = (
    ("Šta je za večeru sutra?", "ima li u tome kikirikija", "dish_holds"),
    ("Šta je za večeru sutra?", "mogu li to da zamrznem", "dish_keeping"),
    ("Šta je za večeru sutra?", "koliko se to sprema", "prep_time"),
    ("Šta je za večeru sutra?", "recept", "recipe"),
    ("Šta je za večeru sutra?", "a zašto", "why_meal"),
    ("Šta da jedem pre dugog trčanja?", "Zašto?", "why_event"),
    ("Koje treninge imam ove nedelje?", "zašto", "why_calendar"),
    ("Da li je moj plan ažuran?", "Zašto?", "why_current"),
    ("Unosim li dovoljno gvožđa?", "zašto", "why_intake"),
    ("Šta ako preskočim dugo trčanje u subotu?", "zašto", "why_what_if"),
    ("Mogu li pivo večeras?", "zašto?", "why_care"),
    ("Kolika je moja dostupnost energije?", "Zašto?", "why_availability"),
    ("Šta još treba da kupim?", "zašto?", "why_shopping"),
    ("Ko si ti?", "Zašto?", "why_else"),
    ("Zameni mi večeru sutra", "zašto?", "why_swap"),
)
