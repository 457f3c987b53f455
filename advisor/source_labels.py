"""What facts and their sources are called, as the readings name them in English. Words only.

The readings know no language, so their labels stand here once more, marked for translation; a test holds that none is
missing. In a template, `what` is a label in its turn, `food` a dish or a food, `own` a name as it is, `date` a day.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

PROFILE = (
    *(_("sport"), _("age"), _("height"), _("body mass"), _("goals"), _("diets"), _("allergies"), _("dislikes")),
    *(_("time zone"), _("rate of weight change")),
)
TRAINING = (
    *(_("title"), _("start"), _("day"), _("length"), _("distance"), _("training load as stated"), _("training load")),
    *(_("length as planned"), _("time in motion"), _("time in motion together"), _("mean power"), _("work")),
    *(_("sessions"), _("sessions done"), _("time of the sessions"), _("length of all sessions")),
    *(_("fitness (CTL, 42 days)"), _("fatigue (ATL, 7 days)"), _("form (TSB) at the start of the day")),
    *(_("training load of the day"), _("training load of the week"), _("training load of the week before")),
    *(_("highest load of a day this week"), _("change of length"), _("days until the race")),
)
TARGETS = (
    *(_("energy to eat"), _("carbohydrate"), _("protein"), _("fat"), _("fiber"), _("water, food included")),
    *(_("sodium"), _("energy you spend"), _("energy without training"), _("energy of the training")),
    *(_("energy availability"), _("energy availability when you eat what you spend")),
    *(_("share of energy from fat"), _("class of the day"), _("energy of the session")),
    *(_("energy above everyday living"), _("carbohydrate to eat"), _("protein to eat")),
    *(_("worth a look below"), _("low below"), _("fat-free mass"), _("uncertainty of it")),
    *(_("energy you spend more than the formula"), _("energy you spend less than the formula")),
    *(_("of it, what your targets follow"), _("stretches of 14 days it rests on")),
    *(_("deficit"), _("enough"), _("worth a look"), _("low: below this, short studies saw hormones disturbed")),
)
FUELING = (
    *(_("carbohydrate, low end"), _("carbohydrate, high end"), _("carbohydrate an hour, low end")),
    *(_("carbohydrate an hour, high end"), _("fluid, low end"), _("fluid, high end"), _("sodium an hour")),
    *(_("caffeine"), _("window opens"), _("advice"), _("time between two pieces")),
    *(_("carbohydrate of the last meal"), _("carbohydrate shortly before the start")),
    *(_("carbohydrate during the race"), _("carbohydrate during the whole race"), _("carbohydrate each time")),
    *(_("drinking during the race"), _("drinking during the whole race"), _("sodium during the race")),
    *(_("caffeine before the start"), _("carbohydrate over four hours after")),
    *(_("protein within two hours after"), _("drinking before the start"), _("last meal before the start")),
    *(_("time between feeds"), _("carbohydrate planned before the race"), _("carbohydrate planned after the race")),
    *(_("carbohydrate planned during the race"), _("less carbohydrate planned than the race asks for")),
)
FOOD = (
    *(_("breakfast"), _("lunch"), _("dinner"), _("snack"), _("food before the session")),
    *(_("food during the session"), _("food after the session"), _("servings"), _("cooking"), _("preparation")),
    *(_("time of food before the session"), _("time of food during the session")),
    *(_("time of food after the session"),),
    *(_("dish"), _("dishes"), _("recipe"), _("ingredient"), _("step of the recipe"), _("smallest portion")),
    *(_("largest portion"), _("alternative"), _("reason"), _("reason against it"), _("why it is not proposed")),
    *(_("why no plan was found"), _("meals that would change"), _("meals of the plan"), _("food"), _("amount")),
    *(_("on the list"), _("on your list"), _("to buy"), _("needed"), _("foods on the list"), _("foods still to buy")),
    *(_("at home"), _("foods at home"), _("what helps"), _("plan made at"), _("revision"), _("calendar last read")),
    *(_("dishes that day"), _("eaten that day"), _("skipped that day"), _("locked that day")),
)
NUTRIENTS = (
    *(_("energy"), _("carbs"), _("iron"), _("calcium"), _("potassium"), _("magnesium"), _("zinc"), _("selenium")),
    *(_("phosphorus"), _("vitamin A"), _("vitamin B6"), _("vitamin B12"), _("vitamin C"), _("vitamin D")),
    *(_("vitamin E"), _("vitamin K"), _("folate"), _("EPA and DHA"), _("fluid")),
    *(_("vitamin d"), _("vitamin b12")),
)
SOURCES = (
    *(_("your profile"), _("your calendar"), _("training you entered"), _("training of these days")),
    *(_("your training load"), _("session as it was recorded"), _("targets of the day")),
    *(_("sum of the days' targets"), _("fueling windows of the session"), _("race-day calculation")),
    *(_("meal plan"), _("meal plan, what is known of its ingredients"), _("calendar connection")),
    *(
        _("USDA SR28 food table"),
        _("food table"),
        _("food table (label)"),
        _("your question"),
        _("this question"),
        _("reviewed food"),
    ),
    *(_("food nobody has reviewed for allergens"), _("shopping list"), _("pantry"), _("recipe catalogue")),
    *(_("your own recipe"), _("usual portion in the dishes"), _("ingredients we know"), _("the same rules as pages")),
    *(_("learned from your weigh-ins and eaten meals"),),
    *(_("targets calculated again with this change; nothing is stored"),),
)
LABELS = (*PROFILE, *TRAINING, *TARGETS, *FUELING, *FOOD, *NUTRIENTS, *SOURCES)
TEMPLATES = (
    _("%(what)s before the session"),
    _("%(what)s during the session"),
    _("%(what)s after the session"),
    _("%(what)s of food before the session"),
    _("%(what)s of food during the session"),
    _("%(what)s of food after the session"),
    _("reason for %(what)s"),
    _("formula of %(what)s"),
    _("source of %(what)s"),
    _("%(what)s, for %(what2)s"),
    _("time of %(what)s"),
    _("planned %(what)s"),
    _("%(what)s of a serving"),
    _("%(what)s a day in your plan"),
    _("reference of %(what)s a day"),
    _("%(what)s of these days"),
    _("%(what)s as it is now"),
    _("%(what)s with this change"),
    _("more %(what)s"),
    _("less %(what)s"),
    _("to buy of %(food)s"),
    _("needed of %(food)s"),
    _("at home of %(food)s"),
    _("pieces of %(food)s"),
    _("%(what)s before"),
    _("%(what)s after"),
    _("%(what)s (%(own)s)"),
    _("%(what)s, %(what2)s"),
    _("%(what)s of %(food)s"),
    _("meal plan of %(date)s"),
    _("meal plan, %(what)s of %(date)s"),
    _("alternatives for %(what)s of %(date)s"),
    _("energy by %(what)s"),
    _("food table (%(own)s)"),
)
