"""The tiers as first offered; staff may change them afterwards. The limits of `free` follow the settings."""

from django.db import migrations

FEATURES = ["advisor", "calendars", "meal_plans", "shopping_lists"]
TIERS = [
    # id, name, price a month in cents, requests a minute, plans a week, advisor messages a day, calendars
    ("free", "Free", 0, 300, 20, 40, 5),
    ("standard", "Standard", 900, 600, 60, 150, 10),
    ("pro", "Pro", 1900, 1200, 200, 500, 25),
]


def add_tiers(apps, schema_editor):
    Tier = apps.get_model("billing", "Tier")
    for position, (tier_id, name, price, requests, plans, messages, calendars) in enumerate(TIERS):
        Tier.objects.get_or_create(
            id=tier_id,
            defaults={
                "name": name,
                "position": position,
                "price_minor": price,
                "currency": "EUR",
                "features": FEATURES,
                "requests_per_minute": requests,
                "plans_per_week": plans,
                "advisor_messages_per_day": messages,
                "calendars": calendars,
            },
        )


def remove_unused_tiers(apps, schema_editor):
    Tier = apps.get_model("billing", "Tier")
    Tier.objects.filter(subscriptions=None, id__in=[tier[0] for tier in TIERS]).delete()


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(add_tiers, remove_unused_tiers)]
