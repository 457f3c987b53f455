"""Making people and things for tests, through the same models as the product."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client
from django.utils import timezone

from athletes.models import Athlete, CoachLink, User

PASSWORD = "correct horse battery"


def make_user(email: str = "someone@example.com", **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, **fields)


def make_athlete(email: str = "athlete@example.com", *, name: str = "An Athlete", **fields: Any) -> Athlete:
    """A complete adult profile, so that nothing is assumed unless a test says so."""
    known: dict[str, Any] = {
        "sport": "run",
        "birth_date": "1994-05-17",
        "sex": "F",
        "height_cm": 168.0,
        "weight_kg": 61.0,
        "timezone": "Europe/Belgrade",
        **fields,
    }
    athlete = Athlete.objects.create(user=make_user(email), name=name, **known)
    athlete.refresh_from_db()
    return athlete


def make_coach(email: str, *, athlete: Athlete | None = None, status: str = "active") -> User:
    coach = make_user(email, is_coach=True, is_staff=True)
    if athlete is not None:
        consented = timezone.now() if status == "active" else None
        CoachLink.objects.create(coach=coach, athlete=athlete, status=status, consented_at=consented)
    return coach


class ApiClient:
    """JSON in, JSON out, with the bearer token of a user."""

    def __init__(self, user: User | None = None, **headers: str) -> None:
        from athletes.authentication import make_access_token

        self.client = Client(raise_request_exception=False)
        self.headers = dict(headers)
        if user is not None:
            token = make_access_token(user, issued_at=int(time.time()))
            self.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.generic(
            method,
            path,
            data=b"" if body is None else _encode(body),
            content_type="application/json",
            headers={**self.headers, **headers},
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PATCH", path, {} if body is None else body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("DELETE", path, **headers)


def _encode(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps(body).encode()
