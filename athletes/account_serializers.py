"""Shapes of accounts and tokens."""

from __future__ import annotations

from rest_framework import serializers

from nutrition_site.kernel.api.operations import StrictSerializer

MAX_PASSWORD = 256


class AccountIn(StrictSerializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False)


class AccountOut(serializers.Serializer):
    id = serializers.CharField()
    email = serializers.EmailField()


class SignInIn(StrictSerializer):
    """Any text is a possible address here: what is not one simply has no account."""

    email = serializers.CharField(max_length=1000)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False)


class RefreshIn(StrictSerializer):
    refresh_token = serializers.CharField(max_length=4000)


class TokenOut(serializers.Serializer):
    token = serializers.CharField(help_text="The access token.")
    access_token = serializers.CharField(help_text="The same, under its OAuth name.")
    token_type = serializers.CharField(help_text="Always `Bearer`.")
    expires_in = serializers.IntegerField(help_text="Lifetime of the access token in seconds.")
    refresh_token = serializers.CharField(help_text="To be used once.")


class ProfileOut(serializers.Serializer):
    id = serializers.CharField()
    email = serializers.EmailField()
    email_verified = serializers.BooleanField()
    name = serializers.CharField()
    language = serializers.CharField()
    is_coach = serializers.BooleanField()
    athlete_id = serializers.CharField(allow_null=True)
    tier = serializers.CharField()
    created_at = serializers.DateTimeField()
