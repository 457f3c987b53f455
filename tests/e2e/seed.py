"""People whom the demo does not have: a large squad, coaches without athletes, staff. The product's own Python runs it.

    python -m tests.e2e.seed

Rows are written at once rather than through the services: two hundred invitations and consents would take minutes.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from script.support.pages import (
    CROWD_SIZE,
    CROWDED_COACH_EMAIL,
    DEMO_PASSWORD,
    DIETITIAN_EMAIL,
    LONELY_COACH_EMAIL,
    NEW_COACH_EMAIL,
    OPERATOR_EMAIL,
)

if TYPE_CHECKING:
    from athletes.models import User

SQUAD_SIZE = 40


def seed_people() -> None:
    """Everybody of the stories who is in no demo. To be run once on a database."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import Group

    from athletes.models import User

    coach = {"is_staff": True, "is_coach": True}
    everybody = {
        LONELY_COACH_EMAIL: ("Leon Novak", coach),
        NEW_COACH_EMAIL: ("Nina Perić", coach),
        CROWDED_COACH_EMAIL: ("Clara Brandt", coach),
        DIETITIAN_EMAIL: ("Dina Kovač", {"is_staff": True}),
        OPERATOR_EMAIL: ("Olga Meier", {"is_staff": True, "is_superuser": True}),
    }
    made = {}
    for email, (name, rights) in everybody.items():
        made[email] = User.objects.create_user(email, DEMO_PASSWORD, name=name, **rights)
        EmailAddress.objects.create(user=made[email], email=email, verified=True, primary=True)
    made[DIETITIAN_EMAIL].groups.add(Group.objects.get(name="Dietitians"))
    ask_for_changes(made[OPERATOR_EMAIL])
    fill_squad(made[CROWDED_COACH_EMAIL])


def ask_for_changes(operator: User) -> None:
    """One change of a food in force, another that waits for the dietitian."""
    from planning.services.curation import propose_change

    values = {"allergens.sesame": "may_contain", "nutrients.sodium_mg": 8.0}
    why = {"reason": "The mill packs sesame beside it.", "source": "Label of the largest brand, May 2026"}
    propose_change(by=operator, kind="food", key="08120", values=values, **why)


def fill_squad(coach: object) -> None:
    """So many athletes who agreed to a coach, some in a squad, each with two sessions of this week."""
    from athletes.models import Athlete, CoachLink, Squad, TrainingEvent, User
    from nutrition_site.kernel import clock

    now, today = clock.now(), clock.today("UTC")
    users = User.objects.bulk_create(
        User(email=f"crowd-{number:03}@example.com", password="!") for number in range(CROWD_SIZE)
    )
    athletes = Athlete.objects.bulk_create(
        Athlete(
            user=user,
            name=f"Athlete {number:03} of the Regional Team",
            sport="run",
            birth_date="1994-05-17",
            sex="F" if number % 2 else "M",
            height_cm=165.0 + number % 25,
            weight_kg=55.0 + number % 30,
            timezone="UTC",
        )
        for number, user in enumerate(users)
    )
    squad = Squad.objects.create(coach=coach, name="Regional team")
    Squad.objects.create(coach=coach, name="Nobody yet")
    CoachLink.objects.bulk_create(
        CoachLink(
            coach=coach,
            athlete=athlete,
            status=CoachLink.Status.ACTIVE,
            consented_at=now,
            squad=squad if number < SQUAD_SIZE else None,
        )
        for number, athlete in enumerate(athletes)
    )
    TrainingEvent.objects.bulk_create(
        TrainingEvent(
            athlete=athlete,
            title="Race" if number % 20 == 7 and ahead else "Steady run",
            type="race" if number % 20 == 7 and ahead else "workout",
            sport="run",
            starts_at=clock.midnight(today + timedelta(days=ahead), "UTC") + timedelta(hours=7),
            local_date=today + timedelta(days=ahead),
            duration_minutes=60.0,
            intensity="easy",
        )
        for number, athlete in enumerate(athletes)
        for ahead in (0, 3)
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")
    import django

    django.setup()
    seed_people()


if __name__ == "__main__":
    main()
