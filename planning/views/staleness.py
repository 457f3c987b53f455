"""What a page says of plans that the training has moved past: which days differ, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from planning.mapping import assumed_lengths
from planning.services.following import IMPOSSIBLE
from planning.services.revisions import FOLLOWED
from planning.services.standing import is_lived
from planning.views.reading import Standing
from planning.wording import length_in_words


def stale_lines(standing: Standing) -> list[dict[str, Any]]:
    """What moved since the stale plans were made: one row a day with its session, energy and carbohydrate.

    Days of a running plan that are over are not planned again, so nothing is said of them.
    """
    stale = {plan.pk for plan in standing.stale}
    lines = []
    for day, food in standing.days.items():
        if food.plan is None or food.plan.pk not in stale or food.document is None:
            continue
        if is_lived(food.plan, day, present=today(food.plan.athlete.zones)):
            continue
        old, new = food.document["target"], food.target.payload
        label = (food.document["training_event"], food.target.label)
        times = (_times(old), _times(new))
        energy = (round(old["energy_kcal"], -1), round(new["energy_kcal"], -1))
        carbs = (round(old["carbs_g"]), round(new["carbs_g"]))
        pairs = {"label": label, "times": times, "energy": energy, "carbs": carbs}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if changed:
            lines.append({"date": day, **changed})
    return lines


def _times(target: dict[str, Any]) -> str:
    """When the sessions of a stored or present target are, such as `09:00, 2 h 30`; what nobody stated is assumed."""
    words = []
    assumed = assumed_lengths(target)
    for session in target["sessions"]:
        start = session.get("starts_at_minute")
        length = length_in_words(session["duration_minutes"])
        if session["event_id"] in assumed:
            length = _("%(length)s, assumed") % {"length": length}
        words.append(length if start is None else f"{start // 60:02d}:{start % 60:02d}, {length}")
    return "; ".join(words) or _("no session")


def stale_words(standing: Standing) -> str:
    """What becomes of the stale plan that a page speaks of: who follows, and until when it stays as it is."""
    plan = standing.stale_with_answer
    if plan is None:
        return ""
    followed = plan.request.get(FOLLOWED) or {}
    athlete: Athlete = plan.athlete
    versions = (followed.get("training"), followed.get("profile"))
    looked_at = versions == (athlete.training_version, athlete.profile_version)
    if looked_at and followed.get("answer") == IMPOSSIBLE:
        return _("No plan was found that follows, so it stays as it is.")
    if athlete.replan_policy == Athlete.ReplanPolicy.ASK or (looked_at and standing.proposal is None):
        return _("It stays as it is until you say so.")
    if standing.proposal is not None:
        return _("What could follow by itself has; the rest waits for your answer.")
    return _("The days after today follow by themselves; today stays as it is until you say so.")
