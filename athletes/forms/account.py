"""Language, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import set_choices


class LanguageForm(forms.Form):
    """The language of the pages, of those that have a translation."""

    language = forms.ChoiceField(label=_("Language"), choices=())

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(data, **kw)
        set_choices(self, "language", choices)


class DeleteAccountForm(forms.Form):
    """Asks for the password before everything goes."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, data: Any = None, *, user: Any, **kw: Any) -> None:
        self.user = user
        super().__init__(data, **kw)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
