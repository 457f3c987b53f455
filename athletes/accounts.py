"""How allauth makes and finds our accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """E-mail addresses are kept in lower case, whatever was typed."""

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()
