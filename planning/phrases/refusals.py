"""What the planner says in English: why there is no plan, what would help, which limit was left. Words only.

The planner knows no language, so its sentences stand here once more, marked for translation; a test holds that none
is missing. The names of the values say how each is told (planning/phrases/values.py).
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

MESSAGES = (
    _("No plan meets all of these limits."),
    _("No plan was found."),
    _("No plan was found within these limits."),
    _("No plan was found within these limits; it may be a matter of rounding."),
    _("No other change that was tried gives a plan."),
    _("No plan was found in the time there is."),
    _("No dish is left that you may eat and do not dislike."),
    _("Your training or profile changed while the plan was made. Please try again."),
    _("No plan could be verified."),
    _("The dishes that there are cannot fill these meals, whatever the targets are."),
)
# Parts of the sentences below.
PARTS = (
    _("the meals that you keep as they are"),
    _("no dinner on two days running"),
    _("the day's protein"),
    _("the most protein of the day"),
    _("the least fat of the day"),
    _("the day's fat"),
    _("the day's time in the kitchen"),
    _("the energy"),
    _("the carbohydrate"),
    _("the protein"),
    _("the least fat"),
    _("the time in the kitchen"),
)
OFFERS = (
    _("Allow the same dinner on two days running."),
    _("Allow leftovers: a dinner is cooked once and eaten twice."),
    _("Keep your weight instead of losing it: energy is then raised to what your food needs."),
)
FIXED = (*MESSAGES, *PARTS, *OFFERS)

TEMPLATES = (
    # What collides.
    _("No choice of dishes that fits %(foods)s can fill these meals, whatever the targets are."),
    _("%(first_when)s, no choice of dishes meets this: %(part)s."),
    _("%(first_when)s, no choice of dishes meets all of these together: %(parts)s."),
    _("No choice of dishes meets this: %(part)s."),
    _("No choice of dishes meets all of these together: %(parts)s."),
    _("The same is true %(when)s."),
    _("%(n)s kcal within %(n2)s %%"),
    _("%(n)s g of carbohydrate within %(n2)s %%"),
    _("at least %(n)s g of protein"),
    _("at most %(n)s g of protein"),
    _("at least %(n)s %% of the energy from fat"),
    _("at least %(n)s %% of the energy from fat and at most %(n2)s g of it"),
    _("at most %(n)s minutes in the kitchen"),
    _("a food budget of %(n)s"),
    _("the same dish at most %(times)s a week"),
    _("%(food)s at most %(times)s a week"),
    _("%(food)s at least %(times)s a week"),
    _("the day's energy within %(n)s %%"),
    _("the day's carbohydrate within %(n)s %%"),
    _("no %(food)s"),
    _(
        "On %(date)s, %(n)s kcal do not hold %(n2)s g of protein, %(n3)s g of carbohydrate and the least fat a day "
        "needs."
    ),
    # Meals that nothing fits.
    _("There is no dish for the %(meal)s that you may eat on %(day)s at %(time)s."),
    _("There is no dish for the %(meal)s that you may eat with %(window)s on %(day)s at %(time)s."),
    _("There is no dish for the %(meal)s that fits %(foods)s on %(day)s at %(time)s."),
    _("There is no dish for the %(meal)s that fits %(foods)s with %(window)s on %(day)s at %(time)s."),
    _(
        "On %(day)s %(n)s different dishes are needed for the %(meal)s, and only %(n2)s of those that you may eat "
        "exist."
    ),
    _(
        "On %(day)s %(n)s different dishes are needed for the %(meal)s, and only %(n2)s of those that you may eat "
        "with %(window)s exist."
    ),
    _(
        "On %(day)s %(n)s different dishes are needed for the %(meal)s, and only %(n2)s of those that fits %(foods)s "
        "exist."
    ),
    _(
        "On %(day)s %(n)s different dishes are needed for the %(meal)s, and only %(n2)s of those that fits %(foods)s "
        "with %(window)s exist."
    ),
    _("The nearest one misses %(missed)s."),
    # What would help.
    _("Let the energy be up to %(n)s percentage points further from its target %(when)s."),
    _("Let the carbohydrate be up to %(n)s percentage points further from its target %(when)s."),
    _("Ask for %(n)s g less protein %(when)s."),
    _("Allow %(n)s more minutes in the kitchen %(when)s."),
    _("Raise the food budget by %(n)s."),
    _("Allow the same dish %(times)s a week."),
    _("Allow %(food)s %(times)s a week."),
    _("Ask for %(food)s %(n)s time a week less."),
    _("Ask for %(food)s %(n)s times a week less."),
    _("Each meal may be %(n)s kcal smaller or larger %(when)s."),
    _("The %(meal)s may be %(n)s kcal smaller or larger %(when)s."),
    _("The %(meal)s may be %(n)s g of carbohydrate smaller or larger %(when)s."),
    _("The %(meal)s may hold more fiber and fat %(when)s."),
    _("Let go of the meals that you keep %(when)s."),
    _("Drop the rule “%(rule)s: at least %(n)s”: you eat no dish with it."),
    _("Take “%(word)s” off the list of what you dislike."),
    _("Let your training decide instead of your own %(n)s g of carbohydrate per kg."),
    _("Let your training decide instead of your own %(n)s g of protein per kg."),
    _("Let your training decide instead of your own least fat of %(n)s %% of energy."),
    # Limits that were left.
    _("Fiber on %(date)s is %(n)s g, under the usual %(n2)s g."),
    _("Fiber on %(date)s is %(n)s g, over the usual %(n2)s g."),
    _("Sodium on %(date)s is %(n)s mg, under the usual %(n2)s mg."),
    _("Sodium on %(date)s is %(n)s mg, over the usual %(n2)s mg."),
    _("Protein on %(date)s is %(n)s g, over the usual %(n2)s g."),
    _(
        "Before the start at %(time)s on %(date)s the meals hold %(n)s g of carbohydrate, under the %(n2)s g that are "
        "wanted."
    ),
    _(
        "Before the start at %(time)s on %(date)s the meals hold %(n)s g of carbohydrate, over the %(n2)s g that are "
        "wanted."
    ),
    # Why a dish may not be eaten.
    _("contains %(allergen)s"),
    _("may contain %(allergen)s"),
    _("not known to be free of %(allergen)s"),
    _("not %(diet)s"),
    _("This dish is excluded for you: %(reasons)s."),
)
