"""The account: address, password, language, a copy of everything, and leaving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.forms.account import DeleteAccountForm, LanguageForm
from athletes.rules import has_verified_email
from athletes.services.account import change_language, delete_account
from nutrition_site.export import export_account
from nutrition_site.kernel.clock import now
from nutrition_site.pages import forget_pages, posted, signed_in_page, submit


def translated_languages() -> list[tuple[str, str]]:
    """The languages of settings that the pages are translated into; English always is."""
    from django.utils.translation import to_locale

    return [
        (code, name)
        for code, name in settings.LANGUAGES
        if code == settings.LANGUAGE_CODE
        or any((path / to_locale(code) / "LC_MESSAGES" / "django.mo").exists() for path in settings.LOCALE_PATHS)
    ]


@signed_in_page
@require_safe
def account_home(request: Any) -> HttpResponse:
    """Everything about the account, one step away."""
    languages = translated_languages()
    form = LanguageForm(choices=languages, initial={"language": request.user.language or request.LANGUAGE_CODE})
    page = {
        "verified": has_verified_email(request.user),
        "language_form": form if len(languages) > 1 else None,
        "athlete": getattr(request.user, "athlete", None),
    }
    return render(request, "athletes/account_home.html", page)


@signed_in_page
@require_POST
def account_language(request: Any) -> HttpResponse:
    """Sets the language of pages and of the API's messages."""
    form = LanguageForm(request.POST, choices=translated_languages())

    def save() -> str:
        change_language(by=request.user, language=form.cleaned_data["language"])
        return reverse("account_home")

    answer = submit(request, form, save)
    if answer is None:
        messages.error(request, gettext("There is no translation into this language yet."))
        return HttpResponse(status=303, headers={"Location": reverse("account_home")})
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.user.language, max_age=365 * 86400, samesite="Lax")
    return answer


@signed_in_page
@require_safe
def account_export(request: Any) -> HttpResponse:
    """Everything that is stored about the account, as a JSON file."""
    response = JsonResponse(export_account(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="athleat-{now():%Y-%m-%d}.json"'
    return response


@signed_in_page
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: Any) -> HttpResponse:
    """Asks for the password, then deletes the account with everything in it."""
    form = DeleteAccountForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        delete_account(user=request.user)
        logout(request)
        messages.success(request, gettext("Your account and everything in it is deleted."))
        return forget_pages(HttpResponse(status=303, headers={"Location": reverse("landing")}))
    page = {"form": form, "back_url": reverse("account_home")}
    return render(request, "athletes/account_delete.html", page, status=422 if form.errors else 200)
