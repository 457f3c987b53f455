"""Kinds of questions in three phrasings each, with the facts that every answer must cite.

`facts` are patterns of fact ids (`*` stands for anything). Places in questions and patterns: `{today}`, `{tomorrow}`,
`{saturday}` (the long run's day), `{eve}` (the day before it), and the events `{run}`, `{ride}`, `{intervals}`,
`{swim}`, `{race}` of the athlete in `conftest.runner`; `{swap_slot}` and `{swap_day}` name a planned meal that has
alternatives, `{ingredient}` a word for something in it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of question. `proposes` is the kind of the proposal that comes with the answer."""

    kind: str
    phrasings: tuple[str, str, str]
    facts: tuple[str, ...] = ()
    proposes: str = ""


CORPUS: tuple[Case, ...] = (
    Case("greeting", ("hello", "Good morning!", "hi there")),
    Case("thanks", ("thanks", "Thank you so much!", "ok, thanks")),
    Case("help", ("help", "What can you do?", "what can I ask you")),
    Case("confirmation", ("yes", "go ahead", "ok")),
    Case("identity", ("Who are you?", "Are you a real person?", "what are you")),
    Case("medical_advice", ("Is this medical advice?", "Are you a doctor?", "does this replace my doctor")),
    Case("delete_data", ("How do I delete my data?", "erase all my conversations", "Can I export my account data?")),
    Case(
        "sources",
        ("What are your sources?", "Which studies is this based on?", "what is the evidence for my numbers"),
        ("target:{today}:trace:carbs_g:source",),
    ),
    Case("privacy", ("Who can see my data?", "Is my data private?", "what does my coach see")),
    Case("term", ("What does TSS mean?", "What is glycogen?", "what is the meaning of form")),
    # meals and days
    Case(
        "meal",
        ("What's for dinner tomorrow?", "what should I have for lunch tomorrow", "breakfast tomorrow?"),
        ("item:*:name", "item:*:carbs_g", "target:{tomorrow}:carbs_g"),
    ),
    Case(
        "day_plan",
        ("What am I eating tomorrow?", "what should I eat tomorrow", "Show me my menu for tomorrow"),
        ("item:*:name", "day:{tomorrow}:total:carbs_g", "target:{tomorrow}:carbs_g"),
    ),
    Case(
        "week",
        ("Show me my week", "What am I eating this week?", "give me an overview of my meals for the next 5 days"),
        ("target:{today}:carbs_g", "target:{tomorrow}:carbs_g", "item:*:name"),
    ),
    Case(
        "rest_day",
        ("What should I eat on my rest day?", "How much food do I need on a day off?", "food for rest days"),
        ("target:*:carbs_g", "target:*:protein_g"),
    ),
    Case(
        "meal_time",
        ("When is dinner tomorrow?", "What time should I have lunch tomorrow?", "at what time is breakfast tomorrow"),
        ("item:*:time", "item:*:name"),
    ),
    Case(
        "snacks",
        ("Any snack ideas for tomorrow?", "I'm hungry, what snacks can I have?", "suggest a good snack for tomorrow"),
        ("item:*:name",),
    ),
    Case(
        "open_meals",
        ("What can I still eat today?", "What is left of my plan today?", "which meals are still open today"),
    ),
    Case("eaten_meals", ("What have I eaten today?", "what did I eat today", "Have I already eaten lunch?")),
    Case(
        "leftovers",
        ("Are there any leftovers this week?", "what leftovers do I have", "Do I eat leftovers tomorrow?"),
    ),
    # around training
    Case(
        "around_session",
        (
            "What should I eat the night before my long run on Saturday?",
            "dinner the evening before my long run?",
            "the night before my long run on saturday, what do i eat",
        ),
        ("event:{run}:title", "item:*:name", "item:*:ingredient:*", "target:{eve}:carbs_g"),
    ),
    Case(
        "around_session",
        (
            "What should I have on the morning of my long run?",
            "breakfast before my long run on Saturday",
            "what do I eat the morning before my long run",
        ),
        ("event:{run}:title", "item:*:name", "target:{saturday}:carbs_g"),
    ),
    Case(
        "around_session",
        ("What should I eat before my ride", "what do I drink before my bike ride?", "food before the easy ride"),
        ("event:{ride}:title", "fueling:{ride}:pre:*"),
    ),
    Case(
        "around_session",
        ("what do I take during my long run", "How many carbs during my long run?", "what to eat during the long run"),
        ("event:{run}:title", "fueling:{run}:during:carbs_g"),
    ),
    Case(
        "around_session",
        ("What should I eat after my intervals?", "how do I refuel after my interval session", "food after intervals"),
        ("event:{intervals}:title", "fueling:{intervals}:post:carbs_g", "fueling:{intervals}:post:protein_g"),
    ),
    Case(
        "recovery",
        ("How do I recover best?", "What recovery food should I have?", "what helps me recover tomorrow"),
        ("event:{ride}:title", "fueling:{ride}:post:protein_g"),
    ),
    Case(
        "hydration",
        ("How much should I drink tomorrow?", "how do I stay hydrated tomorrow", "How much water tomorrow?"),
        ("target:{tomorrow}:fluid_ml", "target:{tomorrow}:sodium_mg"),
    ),
    Case(
        "sweat",
        (
            "How much do I sweat on my long run?",
            "what about sweat losses on my long run",
            "how do I measure my sweat rate for the long run",
        ),
        ("event:{run}:title", "fueling:{run}:during:fluid_high_ml"),
    ),
    Case(
        "gut_comfort",
        (
            "My stomach hurts when I run, what should I eat?",
            "I feel bloated before training",
            "I get nausea on my long run",
        ),
    ),
    Case("alcohol", ("Can I have a beer tonight?", "Is wine ok before my long run?", "what about alcohol this week")),
    Case("supplements", ("Should I take creatine?", "What do you think of BCAAs?", "which supplements do I need")),
    Case(
        "caffeine",
        ("How much caffeine before my race?", "should I drink coffee before training", "when do I take caffeine"),
        ("event:{race}:title", "fueling:{race}:pre:caffeine_mg"),
    ),
    # races
    Case(
        "next_race",
        ("When is my next race?", "what race is coming", "which race is next"),
        ("event:{race}:title", "event:{race}:starts"),
    ),
    Case(
        "days_to_race",
        ("How many days until my race?", "how long to the half marathon", "How many weeks left to my race?"),
        ("event:{race}:title", "event:{race}:days_ahead"),
    ),
    Case(
        "race_plan",
        ("What should I eat on race day?", "give me the fueling plan for my half marathon", "my race plan please"),
        ("race:{race}:pre_meal_carbs_g", "race:{race}:carbs_g_h", "race:{race}:fluid_l_h"),
    ),
    Case(
        "race_breakfast",
        (
            "What should I have for breakfast before my race?",
            "race day breakfast?",
            "what do I eat the morning of my half marathon",
        ),
        ("race:{race}:pre_meal_carbs_g", "race:{race}:meal_hours"),
    ),
    Case(
        "carb_loading",
        ("How do I carb load for my race?", "do I need carb-loading", "how does carbohydrate loading work for me"),
        ("event:{race}:title", "target:*:carbs_g"),
    ),
    # targets
    Case(
        "targets",
        ("What are my targets tomorrow?", "Show me my macros for tomorrow", "my daily needs tomorrow"),
        ("target:{tomorrow}:energy_kcal", "target:{tomorrow}:carbs_g", "target:{tomorrow}:protein_g"),
    ),
    Case(
        "nutrient_target",
        (
            "How many carbs should I eat tomorrow?",
            "what is my carbohydrate target for tomorrow",
            "how much carbs do I need tomorrow",
        ),
        ("target:{tomorrow}:carbs_g",),
    ),
    Case(
        "nutrient_target",
        ("How much protein do I need today?", "what is my protein target", "Do I need more protein today?"),
        ("target:{today}:protein_g",),
    ),
    Case(
        "nutrient_target",
        ("How much fat should I eat tomorrow?", "What's my fat goal tomorrow?", "do I need much fat tomorrow"),
        ("target:{tomorrow}:fat_g",),
    ),
    Case(
        "nutrient_target",
        (
            "What is my sodium target tomorrow?",
            "how much salt do I need tomorrow",
            "How much sodium should I get tomorrow",
        ),
        ("target:{tomorrow}:sodium_mg",),
    ),
    Case(
        "nutrient_target",
        (
            "How much fiber do I need tomorrow?",
            "what is my fibre target tomorrow",
            "Should I aim for more fiber tomorrow?",
        ),
        ("target:{tomorrow}:fiber_g",),
    ),
    Case(
        "week_nutrients",
        (
            "How much protein do I need this week?",
            "show me my carb targets for the week ahead",
            "my macros for next week",
        ),
        ("target:*:*_g", "week:*"),
    ),
    Case(
        "micronutrients",
        ("Do I get enough iron?", "How much calcium is in my plan this week?", "are my vitamins and minerals ok"),
        ("micro:*:mean", "micro:*:reference"),
    ),
    Case(
        "why_target",
        (
            "Why do I need so many carbs tomorrow?",
            "explain my carb target for tomorrow",
            "How come my carbs are so high tomorrow?",
        ),
        ("target:{tomorrow}:carbs_g", "target:{tomorrow}:trace:carbs_g:words"),
    ),
    Case(
        "plan_meets_target",
        (
            "Does my plan hit my protein target tomorrow?",
            "does my plan cover enough protein tomorrow",
            "Is my plan close to my protein target tomorrow?",
        ),
        ("day:{tomorrow}:total:protein_g", "target:{tomorrow}:protein_g"),
    ),
    Case(
        "compare_days",
        ("Why is tomorrow different from today?", "Compare today and tomorrow", "What changes tomorrow?"),
        ("target:{today}:carbs_g", "target:{tomorrow}:carbs_g"),
    ),
    Case(
        "training_load",
        (
            "How heavy is my training load tomorrow?",
            "What's the TSS of tomorrow",
            "what kind of day is tomorrow",
        ),
        ("target:{tomorrow}:tss", "target:{tomorrow}:day_class"),
    ),
    # energy and weight
    Case(
        "energy_availability",
        ("What is my energy availability?", "am I eating enough", "Am I underfueling?"),
        ("availability:{today}:availability",),
    ),
    Case("weight_goal", ("What is my weight goal?", "How fast do I lose weight?", "am I in a deficit")),
    Case("ideal_weight", ("What should I weigh?", "what's my BMI", "what is my ideal weight")),
    Case(
        "why_no_deficit",
        ("Why is there no deficit today?", "why am I not losing weight", "how come no deficit tomorrow"),
    ),
    Case(
        "expenditure",
        ("What is my TDEE tomorrow?", "How much energy do I burn tomorrow?", "my energy expenditure tomorrow"),
        ("target:{tomorrow}:tdee_kcal",),
    ),
    # training
    Case(
        "training",
        ("What training do I have this week?", "which workouts are coming up", "what's in my calendar this week"),
        ("event:*:title",),
    ),
    Case(
        "next_session",
        ("What is my next session?", "when do I train next", "what is my next workout"),
        ("event:{ride}:title",),
    ),
    Case(
        "next_event",
        ("When is my next swim?", "How long is my swim", "what time is my swim"),
        ("event:{swim}:title", "event:{swim}:starts"),
    ),
    Case(
        "longest_session",
        ("What is my longest session?", "which workout is the longest", "my biggest session this month"),
        ("event:*:title", "event:*:duration_minutes"),
    ),
    Case(
        "week_training",
        (
            "How much training do I have this week?",
            "how many hours do I train this week",
            "total training volume this week",
        ),
        ("training:*:count", "training:*:hours"),
    ),
    Case("form", ("How is my form?", "What is my fitness and fatigue?", "how fresh am I")),
    Case(
        "done_sessions",
        ("What training did I do last week?", "which sessions have I completed", "did I train yesterday"),
    ),
    # what if
    Case(
        "what_if_skip",
        (
            "What if I skip my long run on Saturday?",
            "what happens if I cancel the long run",
            "If I miss my long run, what changes?",
        ),
        ("event:{run}:title", "what_if:remove:*:before:carbs_g", "what_if:remove:*:after:carbs_g"),
    ),
    Case(
        "what_if_longer",
        (
            "What if I make my long run 30 minutes longer?",
            "what happens if my long run is 30 min longer",
            "if I extend my long run by half an hour, what changes",
        ),
        ("event:{run}:title", "what_if:length:*:after:carbs_g"),
    ),
    Case(
        "what_if_effort",
        (
            "What if I run my long run easier?",
            "what happens if I do my long run easy",
            "what would change if my long run was harder",
        ),
        ("event:{run}:title", "what_if:effort:*:after:carbs_g"),
    ),
    Case(
        "what_if_add",
        (
            "What if I add a 60 min run tomorrow?",
            "what happens if I add another ride tomorrow for an hour",
            "If I also run tomorrow, what changes?",
        ),
        ("what_if:add:*:before:carbs_g", "what_if:add:*:after:carbs_g"),
    ),
    # dishes
    Case(
        "recipe",
        (
            "What are the ingredients of tomorrow's dinner?",
            "How do I cook my dinner tomorrow?",
            "recipe for dinner tomorrow",
        ),
        ("item:*:name", "item:*:ingredient:*"),
    ),
    Case(
        "prep_time",
        (
            "How long does dinner tomorrow take to cook?",
            "how much time to prepare dinner tomorrow",
            "prep time of dinner tomorrow",
        ),
        ("item:*:name",),
    ),
    Case(
        "dish_nutrients",
        (
            "How much protein is in my dinner tomorrow?",
            "how many carbs does dinner tomorrow have",
            "What are the macros of my lunch tomorrow?",
        ),
        ("item:*:name", "item:*:*_g"),
    ),
    Case(
        "ingredient_grams",
        (
            "How much {ingredient} goes into my {swap_slot} on {swap_day}?",
            "how many grams of {ingredient} are in my {swap_slot} on {swap_day}",
            "How much {ingredient} do I need for my {swap_slot} on {swap_day}?",
        ),
        ("item:*:ingredient:*", "item:*:name"),
    ),
    Case(
        "swap",
        (
            "Can I swap {swap_slot} on {swap_day} for something else?",
            "what else can I have for {swap_slot} on {swap_day}",
            "Give me alternatives to my {swap_slot} on {swap_day}",
        ),
        ("item:*:name", "alternative:*:name", "alternative:*:carbs_g"),
        proposes="swap_meal",
    ),
    Case(
        "swap_quicker",
        (
            "Something quicker for {swap_slot} on {swap_day}?",
            "I have no time to cook {swap_slot} on {swap_day}",
            "I need a faster {swap_slot} on {swap_day}",
        ),
        ("item:*:name",),
    ),
    Case(
        "swap_without",
        (
            "Can I have {swap_slot} on {swap_day} without {ingredient}?",
            "{swap_slot} on {swap_day} with no {ingredient} please",
            "Leave out {ingredient} from my {swap_slot} on {swap_day}",
        ),
        ("item:*:name",),
    ),
    Case(
        "lock_meal",
        (
            "Lock my {swap_slot} on {swap_day}",
            "keep {swap_slot} on {swap_day} as it is",
            "please pin the {swap_slot} on {swap_day}",
        ),
        ("item:*:name",),
        proposes="lock_meal",
    ),
    Case(
        "dislike",
        ("I don't like mushrooms", "I hate mushrooms", "never give me mushrooms again"),
        proposes="change_preference",
    ),
    Case("excluded", ("What do I dislike?", "what am I allergic to?", "Which foods do I not like?")),
    Case(
        "told_diet",
        ("I am vegan", "I'm vegetarian now", "I have become a vegetarian"),
        proposes="change_preference",
    ),
    Case("told_diet", ("I'm allergic to milk", "I have a nut allergy", "I am allergic to soy")),
    Case("change_profile", ("Set my weight to 60 kg", "change my goal", "How do I update my profile?")),
    Case("mark_meal", ("Mark lunch as eaten", "I ate pizza for lunch", "I skipped my breakfast")),
    Case(
        "skip_meal",
        (
            "Can I skip breakfast tomorrow?",
            "what if I skip breakfast tomorrow",
            "Should I leave out breakfast tomorrow?",
        ),
        ("item:*:name", "item:*:carbs_g"),
    ),
    Case("plan_again", ("Plan my week again", "make me a new plan", "replan tomorrow")),
    Case(
        "add_session",
        (
            "Add a 45 min run on {swap_day}",
            "put a run of 45 minutes on {swap_day} in my calendar",
            "schedule an easy run for {swap_day}, 45 min",
        ),
        proposes="add_event",
    ),
    Case(
        "move_session",
        ("Move my swim to Friday", "can you reschedule the swim for Friday at 8", "push my swim back by a day"),
        ("event:{swim}:*",),
        proposes="change_event",
    ),
    Case(
        "cancel_session",
        ("Cancel my swim", "please delete the swim session", "take out my swim"),
        ("event:{swim}:*",),
        proposes="cancel_event",
    ),
    Case(
        "length_of_session",
        ("Make my swim 70 minutes", "shorten my swim to half an hour", "make the swim 15 min longer"),
        ("event:{swim}:*",),
        proposes="change_event",
    ),
    Case("no_diet", ("I'm no longer vegan", "I am not vegetarian any more", "I stopped being vegan")),
    Case(
        "dislike",
        ("Remove tofu from my dislikes", "forget that I hate liver", "I like mushrooms again"),
    ),
    Case(
        "told_diet",
        ("I became vegan", "I went vegetarian", "I decided to go vegan"),
        proposes="change_preference",
    ),
    # dishes once they are named
    Case(
        "dish_holds",
        (
            "Are there any nuts in my dinner tomorrow?",
            "does my dinner tomorrow contain fish?",
            "is there milk in tomorrow's dinner",
        ),
        ("item:*:name",),
    ),
    Case(
        "dish_keeping",
        (
            "Can I freeze tomorrow's dinner?",
            "how long does tomorrow's dinner keep in the fridge?",
            "can I make tomorrow's dinner ahead?",
        ),
        ("item:*:name",),
    ),
    Case(
        "dish_taste",
        ("Is tomorrow's dinner spicy?", "how does my dinner tomorrow taste?", "is dinner tomorrow filling"),
        ("item:*:name",),
    ),
    Case(
        "explain_plan",
        ("Explain my plan", "how was this plan made?", "how do you choose my meals"),
        ("target:{today}:carbs_g",),
    ),
    Case(
        "missed_meal",
        ("I missed breakfast", "I overslept and missed breakfast, what now?", "I forgot my lunch"),
        ("item:*:name", "item:*:carbs_g"),
    ),
    # pieces and nutrients
    Case(
        "fuel_pieces",
        (
            "How many gels do I need for my long run?",
            "how many bananas should I take for the long run",
            "how many energy bars for my long run?",
        ),
        ("event:{run}:title", "fueling:{run}:during:carbs_g", "pieces:{run}:*:count"),
    ),
    Case(
        "foods_with",
        ("Which foods are high in iron?", "what has calcium", "good sources of potassium"),
        ("food:*_mg", "intake:*:mean"),
    ),
    Case("why_else", ("Why?", "why not?", "how come")),
    # foods
    Case(
        "food_nutrients",
        (
            "How much protein is in 150 g of chicken breast?",
            "protein in 150 g chicken breast",
            "how much protein does 150 g of chicken breast have",
        ),
        ("food:*:150:protein_g",),
    ),
    Case(
        "food_for_carbs",
        (
            "How much rice do I need for 60 g of carbs?",
            "how many grams of rice is 60 g carbohydrate",
            "how much rice gives me 60 g carbs",
        ),
        ("food:*:carbs_g", "food:*:grams"),
    ),
    Case(
        "may_eat",
        ("Can I eat peanut butter?", "is peanut butter safe for me", "am I allowed to have peanut butter"),
        ("food:*:name", "food:*:reason:0"),
    ),
    Case(
        "diet_check",
        (
            "Is my plan free of peanuts?",
            "does everything in my plan respect my allergies",
            "Are all meals peanut free?",
        ),
        ("profile:allergies",),
    ),
    Case(
        "diet_check",
        ("Is my dinner tomorrow gluten free?", "does my dinner tomorrow contain gluten", "is dinner tomorrow vegan"),
        ("item:*:name",),
    ),
    # shopping
    Case(
        "shopping_list",
        ("What do I still need to buy?", "show me the shopping list", "What's left on my shopping list?"),
        ("shopping:*:count",),
    ),
    Case(
        "shopping_amount",
        ("How many eggs do I need to buy?", "how much milk should I buy", "is rice on my shopping list"),
    ),
    Case(
        "shopping_add", ("Add milk to my shopping list", "put 2 kg potatoes on the list", "I also need to buy coffee")
    ),
    Case(
        "shopping_remove",
        (
            "Remove milk from my shopping list",
            "take the eggs off my list",
            "delete 2 kg potatoes from the grocery list",
        ),
    ),
    Case("shopping_bought", ("I bought milk and eggs", "I've just bought bananas", "tick off the potatoes")),
    Case("pantry", ("What do I have at home?", "show me my pantry", "what is in my fridge")),
    # state
    Case(
        "plan_current",
        ("Is my plan still up to date?", "does my meal plan still fit, is it current?", "is my plan outdated"),
        ("plan:*:made_at",),
    ),
    Case(
        "calendar_state",
        ("Is my calendar connected?", "when was my calendar last synced", "When was my calendar read?"),
    ),
    Case(
        "profile",
        ("What do you know about me?", "show me my profile", "what are my allergies"),
        ("profile:sport", "profile:allergies"),
    ),
    Case("unknown", ("Who won the world cup?", "tell me a joke about physics", "What is the capital of France?")),
)


def phrasings(places: dict[str, str]) -> list[tuple[Case, str]]:
    """Every question of the corpus with its places filled in."""
    return [(case, phrasing.format(**places)) for case in CORPUS for phrasing in case.phrasings]
