"""What every code of the calculations and the planner says; English, marked for translation. Words only."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _


def _info(text: str, *, numeric: bool = False) -> tuple[str, str, bool]:
    return "info", text, numeric


def _warn(text: str, *, numeric: bool = False) -> tuple[str, str, bool]:
    return "warn", text, numeric


# Every code of the calculations and the planner; a test holds that none is missing.
CODES: dict[str, tuple[str, str, bool]] = {
    "PROFILE_ASSUMED": _info(
        _(
            "Part of your profile is unknown, so a reference adult stands in for it. "
            "Fill it in and the numbers become yours."
        )
    ),
    "MACRO_INFEASIBLE": _warn(
        _(
            "Protein, carbohydrate and the least fat do not fit into this day's energy. "
            "A smaller deficit or other macronutrients of your own would make room."
        ),
        numeric=True,
    ),
    "CHO_REDUCED_TO_FIT": _info(
        _("Carbohydrate is a little lower than the load asks for, so that enough fat fits into the day."), numeric=True
    ),
    "FAT_ABOVE_35_INFO": _info(_("Fat carries more than a third of today's energy, which is fine."), numeric=True),
    "EA_RED": _warn(
        _(
            "This day leaves too little energy for your body after training. Eat to your targets at least, "
            "and talk to a sports dietitian or doctor if it happens often."
        ),
        numeric=True,
    ),
    "EA_AMBER": _warn(
        _("This day leaves less energy for your body than is good for long. Keep such days few."), numeric=True
    ),
    "ENERGY_FLOOR_APPLIED": _info(
        _("Your target stands at the least that is safe for a day like this, so the deficit is smaller."), numeric=True
    ),
    "DEFICIT_BLOCKED_MINOR": _info(_("Under 18 nothing is planned below what your body uses.")),
    "DEFICIT_BLOCKED_PREGNANCY_LACTATION": _info(
        _("During pregnancy and breastfeeding nothing is planned below what your body uses.")
    ),
    "DEFICIT_BLOCKED_UNDERWEIGHT": _info(
        _(
            "Your weight is low for your height, so nothing is planned below what your body uses. "
            "A doctor or dietitian can tell you more."
        ),
        numeric=True,
    ),
    "DEFICIT_BLOCKED_ED_RED_FLAG": _info(
        _("Nothing is planned below what your body uses. You can talk to someone at any time.")
    ),
    "DEFICIT_NEEDS_PROFILE": _info(
        _(
            "Losing weight is planned only when age, sex, height and weight are known. "
            "Until then this keeps your weight."
        )
    ),
    "WEIGHT_GOAL_BLOCKED_MINOR": _info(_("Under 18 no weight goal is planned; you eat for growth and training.")),
    "RESTRICTED_MODE_MINOR": _info(_("Under 18 your plan shows meals without numbers.")),
    "CLINICIAN_VALUE_NEEDED_PREGNANCY_LACTATION": _info(
        _(
            "Pregnancy and breastfeeding need more than this calculation knows. "
            "Ask your midwife or doctor for your values."
        )
    ),
    "HIDE_NUMBERS_ED_RED_FLAG": _info(_("Your plan shows meals without numbers.")),
    "CLINICIAN_CONFIRMATION_NEEDED": _warn(
        _("With a condition you named, these targets need the word of your doctor or dietitian first.")
    ),
    "PROTEIN_TARGET_WITHHELD": _warn(
        _("With kidney disease the right amount of protein is your doctor's to set."), numeric=True
    ),
    "BODY_FAT_LOW_REVIEW": _warn(
        _("The body fat you entered is low. Please check it, and talk to a sports doctor if it is right."), numeric=True
    ),
    "WEIGHT_UNUSUAL": _info(_("The weight you entered is unusual. Please check it."), numeric=True),
    "RMR_PER_FFM_UNUSUAL": _info(
        _("The resting energy is unusual for your lean mass. Please check your measurements."), numeric=True
    ),
    "KETO_CONFLICTS_WITH_TRAINING": _info(
        _("A ketogenic diet leaves out the carbohydrate that hard training asks for.")
    ),
    "ENERGY_RAISED_FOR_LOADING": _info(
        _("Energy is higher today, so that the carbohydrate before your race fits in."), numeric=True
    ),
    "MACRO_OVERRIDE": _info(_("Your own amounts of protein, carbohydrate or fat are in use today."), numeric=True),
    "COACH_BOUND": _info(_("A limit that your coach set is in use today. See Account, Coaches."), numeric=True),
    "COACH_BOUND_GIVES_WAY": _info(
        _("A limit that your coach set does not fit this day. Your energy and what is safe come first."), numeric=True
    ),
    "ENERGY_RAISED_TO_FIT": _info(
        _("Energy is raised a little, so that protein, carbohydrate and the least fat fit in."), numeric=True
    ),
    "DEFICIT_REDUCED_TO_FIT": _info(
        _("The deficit is smaller today, so that protein, carbohydrate and the least fat fit in."), numeric=True
    ),
    "BUDGET_NOT_APPLIED": _info(
        _("Your weekly budget was not used: too many prices are unknown, or they are in another currency.")
    ),
    "BOUGHT_LET_GO": _info(_("Some meals you had bought already could not all stay. See what changed.")),
    "SKIPPED_NOT_MADE_UP": _info(_("A skipped meal could not be made up for, so its day stays as it was.")),
    "METHODS_DISAGREE": _info(_("Ways to estimate this session's energy differ a lot. The most reliable one is used.")),
    "SPORT_UNKNOWN": _info(_("This sport is not known; it is counted like moderate activity.")),
    "HEART_RATE_UPPER_BOUND": _info(_("Energy from heart rate is the most it can be; the session may use less.")),
    "SPEED_OUTSIDE_EQUATION": _info(_("The speed is outside of what the equation was made for, so a table is used.")),
    "INTENSITY_ESTIMATED": _info(
        _(
            "The load is estimated from how hard the session is meant to be; "
            "power or perceived effort would make it surer."
        )
    ),
    "SESSION_VERY_LONG": _info(_("This session is very long; its energy is less certain.")),
    "DEVICE_ENERGY_UNRELIABLE": _info(_("The energy your device reports is far off, so it is not used.")),
    "BELOW_RANGE": _info(_("This is less carbohydrate per hour than the race asks for, because of your own limit.")),
    "SWEAT_RATE_ESTIMATED": _info(_("Your sweat rate is an estimate. Weigh yourself before and after to measure it.")),
    "HYPONATREMIA_RISK_SLOW_EVENT": _warn(_("In a long, slow event, drink to thirst: too much water is dangerous.")),
    "HYPONATREMIA_RISK_SMALL_BODY": _warn(_("With a small body, drink to thirst: too much water is dangerous.")),
    "HYPONATREMIA_RISK_WOMAN": _info(_("Women are affected by too much water more often: drink to thirst, not more.")),
    "HYPONATREMIA_RISK_PAINKILLERS": _warn(_("Anti-inflammatory painkillers and much water together are dangerous.")),
    "HYPONATREMIA_RISK_TESTED_IN_HEAT": _warn(
        _("Your sweat was tested in more heat than this race will have: drink less than the test says.")
    ),
    "SODIUM_WITHHELD_CONDITION": _warn(_("With a condition you named, extra sodium is your doctor's to decide.")),
    "MET_OVERESTIMATES_HIGH_BMI": _info(
        _("For this sport the table says too much for a high body mass; power or heart rate would tell more."),
        numeric=True,
    ),
    "MET_FOR_OTHER_AGES": _info(_("The table of activities was made for 19 to 59 years, so this is less certain.")),
    "DEFICIT_PAUSED_ILLNESS": _info(_("While you are ill nothing is planned below what your body uses.")),
    "DEFICIT_NEEDS_CLINICIAN": _info(
        _("With a condition you named, losing weight needs the word of your doctor or dietitian first.")
    ),
    "DEFICIT_LOCKED_SCREENING": _info(
        _("Your answers about your health come first: nothing is planned below what your body uses.")
    ),
    "DEFICIT_RATE_CAPPED": _info(_("Losing more than 1 % of your weight a week is not planned."), numeric=True),
    "SURPLUS_CAPPED": _info(_("More than 500 kcal a day above what you use is not planned."), numeric=True),
    "SEE_SPORTS_PHYSICIAN": _warn(_("Your answers about your health are a reason to see a sports physician.")),
    "TOO_FEW_FOOD_DAYS": _info(_("Too few days with every meal marked to learn from.")),
    "TOO_FEW_WEIGH_INS": _info(_("Too few weigh-ins to learn from.")),
    "DATA_CHECK": _info(_("The last two weeks differ much from before: please check weights and meals.")),
    "LOSS_ABOVE_2_PCT": _info(_("You may end more than 2 % lighter. In heat, drink a little more if it sits well.")),
}

ASSUMED = {
    "sex": _("Your sex is unknown: the mean of both is used."),
    "age_years": _("Your age is unknown: 30 years is used."),
    "weight_kg": _("Your weight is unknown: 70 kg is used."),
    "height_cm": _("Your height is unknown: 172 cm is used."),
}
