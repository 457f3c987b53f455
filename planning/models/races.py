"""What an athlete decided about a race."""

from __future__ import annotations

from django.db import models

from nutrition_site.kernel.fields import IdField


class RacePlan(models.Model):
    """The athlete's options for one race: expected finish, weather, sweat, what is carried and what the course serves.

    Only what was entered stands in `options`; all else is unknown. The plan itself is calculated when read.
    """

    id = IdField("rpl")
    event = models.OneToOneField("athletes.TrainingEvent", on_delete=models.CASCADE, related_name="race_plan")
    options = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"race plan of {self.event_id}"
