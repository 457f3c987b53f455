"""What comes by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from athletes.models import NotificationSetting


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("Please give a time such as 21:30.")},
    )


class NotificationForm(forms.Form):
    """Kinds of mail to switch on and off, the day of the weekly one, and the hours without any."""

    notices = forms.BooleanField(
        label=_("What changes your plan"),
        help_text=_("A changed plan that waits, a calendar to connect again, a coach who asks for access."),
        required=False,
    )
    reminders = forms.BooleanField(
        label=_("The evening before a long or hard session, or a race"),
        help_text=_("What to eat that evening and before the start."),
        required=False,
    )
    digest = forms.BooleanField(
        label=_("The week ahead, once a week"),
        help_text=_("Your key sessions and what to eat around them, with the link to the shopping list."),
        required=False,
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("Day of the weekly mail"), coerce=int, choices=list(WEEKDAYS.items()), required=True
    )
    quiet_from = _time(_("Quiet from"))
    quiet_until = _time(_("Quiet until"))

    def __init__(self, data: Any = None, *, setting: NotificationSetting, notices: bool | None, coach: bool) -> None:
        """`notices` is None for an account without a profile: a coach's, or one that has only begun."""
        names = ("reminders", "digest", "digest_weekday", "quiet_from", "quiet_until")
        initial = {name: getattr(setting, name) for name in names}
        super().__init__(data, initial={**initial, "notices": notices})
        if notices is None:
            del self.fields["notices"]
        if notices is None and coach:
            del self.fields["reminders"]
            self.fields["digest"].label = _("Your athletes, once a week")
            self.fields["digest"].help_text = _("Who of the athletes that you coach needs you, and why.")
        elif coach:
            self.fields["digest"].help_text = _(
                "Your key sessions and what to eat around them; of the athletes you coach, who needs you and why."
            )

    def values(self) -> dict[str, Any]:
        """The fields for the service."""
        return dict(self.cleaned_data)
