"""The coach's forms: an invitation, and a squad with its members."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from athletes.admin.scope import scoped_choices
from athletes.models import CoachLink, Squad
from athletes.validation import check_text


class InvitationForm(forms.Form):
    """Whom to invite, and into which of the coach's own squads."""

    email = forms.EmailField(
        max_length=254,
        label="E-mail address of the athlete",
        help_text="The address they use here. You see nothing before they agree.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    squad = forms.ModelChoiceField(
        queryset=Squad.objects.none(), required=False, empty_label="No squad", help_text="You can change this later."
    )

    def __init__(self, *args: Any, coach: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["squad"].queryset = Squad.objects.filter(coach=coach)  # type: ignore[attr-defined]


class MemberField(forms.ModelMultipleChoiceField):
    """Links, each shown by the name of its athlete."""

    def label_from_instance(self, obj: CoachLink) -> str:
        return obj.athlete.name


class SquadForm(forms.ModelForm):
    """A name that the coach has not used yet, and which of the coach's athletes belong."""

    members = MemberField(
        queryset=CoachLink.objects.none(),
        required=False,
        label="Athletes",
        help_text="Athletes who agreed to be coached by you. An athlete is in one squad at a time.",
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = Squad
        fields = ("name",)
        widgets = {"name": UnfoldAdminTextInputWidget}

    # The account that edits; the admin sets it on a subclass for each request.
    coach: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "members" in self.fields:
            own = scoped_choices(CoachLink, self.coach).filter(coach=self.coach, status=CoachLink.Status.ACTIVE)
            self.fields["members"].queryset = own.select_related("athlete").order_by("athlete__name", "pk")  # type: ignore[attr-defined]
            if not self.instance._state.adding:
                self.initial["members"] = own.filter(squad=self.instance)

    def clean_name(self) -> str:
        try:
            name = check_text(self.cleaned_data["name"], limit=120)
        except ValueError as error:
            raise forms.ValidationError(str(error))
        if Squad.objects.filter(coach=self.coach, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("You have a squad of this name already.")
        return name
