"""The coach's forms: a limit for one or many, words to an athlete, a change of a meal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.models import CoachLink, Squad
from planning.models import CoachBound, CoachNote, CoachTemplate
from planning.services.coaching_bounds import Wish

KEPT_OUT = "kept_out"
EVERYBODY = "everybody"


class BoundForm(forms.Form):
    """A limit, for whom, why and until when."""

    refusal_fields = {"measure": "kind"}

    whom = forms.ChoiceField(label=_("For"), help_text=_("Athletes who agreed to be coached by you."))
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (CoachBound.Measure.CARBS.value, _("Carbohydrate, grams a day")),
            (CoachBound.Measure.PROTEIN.value, _("Protein, grams a day")),
            (CoachBound.Measure.FAT.value, _("Fat, grams a day")),
            (CoachBound.Measure.FLUID.value, _("Fluid, milliliters a day")),
            (KEPT_OUT, _("Keep a food out")),
        ],
    )
    minimum = forms.FloatField(
        label=_("At least"),
        required=False,
        help_text=_("For the whole body and day. Energy is never lowered for it, and rises where it must come on top."),
    )
    maximum = forms.FloatField(
        label=_("At most"),
        required=False,
        help_text=_("Never below what training and health ask for: there it gives way."),
    )
    kept_out = forms.CharField(
        label=_("Food to keep out"), required=False, max_length=120, help_text=_("In one word, as: tuna")
    )
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The athlete reads this."))
    first_day = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_day = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    template_name = forms.CharField(
        label=_("Keep as a template named"),
        required=False,
        max_length=120,
        help_text=_("Only where you want to use the same limit again."),
    )

    def __init__(self, *args: Any, coach: Any, present: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = CoachLink.objects.filter(coach=coach, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True)
        self.links = list(links.select_related("athlete", "squad").order_by("athlete__name", "athlete_id"))
        squads = Squad.objects.filter(coach=coach, links__in=self.links).distinct().order_by("name")
        choices: list[Any] = [(link.athlete_id, link.athlete.name) for link in self.links]
        choices += [(squad.pk, _("Squad %(name)s") % {"name": squad.name}) for squad in squads]
        if len(self.links) > 1:
            choices.append((EVERYBODY, _("All my athletes")))
            # Nobody gets a limit because their name comes first.
            choices.insert(0, ("", _("Choose whom")))
        self.squads = {squad.pk: squad for squad in squads}
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]
        self.fields["first_day"].initial = present
        self.fields["last_day"].initial = present + timedelta(days=13)

    def wish(self) -> Wish:
        """The limit as the services take it."""
        values = self.cleaned_data
        food = values["kind"] == KEPT_OUT
        return Wish(
            reason=values["reason"],
            first_day=values["first_day"],
            last_day=values["last_day"],
            measure="" if food else values["kind"],
            minimum=None if food else values["minimum"],
            maximum=None if food else values["maximum"],
            kept_out=values["kept_out"] if food else "",
        )

    def athletes(self) -> list[str]:
        """The ids of the athletes it is for."""
        whom = self.cleaned_data["whom"]
        if whom in self.squads:
            return [link.athlete_id for link in self.links if link.squad_id == whom]
        return [link.athlete_id for link in self.links] if whom == EVERYBODY else [whom]

    def squad(self) -> Squad | None:
        return self.squads.get(self.cleaned_data["whom"])


def initial_of(template: CoachTemplate, present: date) -> dict[str, Any]:
    """What a template puts into the form."""
    row = template.bounds[0] if template.bounds else {}
    return {
        "kind": row.get("measure") or KEPT_OUT,
        "minimum": row.get("minimum"),
        "maximum": row.get("maximum"),
        "kept_out": row.get("kept_out", ""),
        "reason": row.get("reason", ""),
        "first_day": present,
        "last_day": present + timedelta(days=template.days - 1),
    }


class NoteForm(forms.Form):
    """Words about an athlete, or to the athlete."""

    kind = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[
            (CoachNote.Kind.MESSAGE.value, _("The athlete, who is told")),
            (CoachNote.Kind.NOTE.value, _("Only you; it is in the athlete's data export")),
        ],
        initial=CoachNote.Kind.MESSAGE.value,
    )
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class MessageForm(forms.Form):
    """One message to some of the athletes who agreed."""

    athletes = forms.MultipleChoiceField(
        label=_("To"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of them reads it alone, and not who else got it."),
    )
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, athletes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["athletes"].choices = athletes  # type: ignore[attr-defined]


class SwapForm(forms.Form):
    """The dish to be served instead, and why."""

    recipe_id = forms.ChoiceField(label=_("Dish"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The athlete reads this and can swap again."))

    def __init__(self, *args: Any, dishes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipe_id"].choices = dishes  # type: ignore[attr-defined]


class MealForm(forms.Form):
    """One change of a meal, or a comment on it."""

    deed = forms.ChoiceField(
        label=_("What"),
        choices=[("comment", _("Comment on it")), ("lock", _("Keep it as it is")), ("unlock", _("Let it change"))],
    )
    item = forms.ChoiceField(label=_("Meal"))
    text = forms.CharField(
        label=_("Why, or your comment"), max_length=300, help_text=_("The athlete reads this and can undo a change.")
    )

    def __init__(self, *args: Any, meals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = meals  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Why a changed plan is taken or not; `revision` is the one that the page has shown."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("The athlete reads this and can take your answer back.")
    )
