"""A provider that exists as one file and one line of settings works like those that come with the product."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nutrition_site.kernel.clock import today
from tests.athletes.providers.example_world import ExampleWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.CALENDAR_PROVIDERS = {
        **settings.CALENDAR_PROVIDERS,
        "example": "tests.athletes.providers.example.ExampleProvider",
    }
    made = ExampleWorld()
    yield made
    made.close()


def test_the_line_in_settings_is_all_that_the_product_needs(world, api, alice, athlete):
    moment = datetime.combine(today("UTC") + timedelta(days=2), datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)
    world.put("a", "Long run 90min Z2", moment, 90)
    client, path = api(alice), f"/v1/athletes/{athlete.pk}/calendars"
    connected = client.post(path, {"provider": "example", "url": world.credentials()["url"]})
    assert (connected.status_code, connected.json()["label"]) == (201, "Training diary")
    synced = client.post(f"{path}/{connected.json()['id']}/sync").json()
    assert (synced["status"], synced["added"]) == ("ok", 1)
    event = athlete.training_events.get()
    assert (event.source, event.sport, event.duration_minutes) == ("example", "run", 90.0)


def test_a_provider_without_its_line_is_not_known(api, alice, athlete):
    answer = api(alice).post(f"/v1/athletes/{athlete.pk}/calendars", {"provider": "example", "url": "http://a.example"})
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "provider")
