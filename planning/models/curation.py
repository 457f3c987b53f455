"""What dietitians change of foods, recipes and constants: asked for with a reason, decided, and never edited again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nutrition_site.kernel.fields import IdField


class CurationChange(models.Model):
    """One change of a food, a recipe or a constant, in force from the version that it got when it was applied.

    `changes` maps the name of a field to `{"before", "after"}`; None stands for unknown. A row that was decided stays
    as it is: to undo it is a new change that states the old values. The names stay told when an account is gone.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPLIED = "applied"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    class Kind(models.TextChoices):
        FOOD = "food"
        RECIPE = "recipe"
        CONSTANT = "constant"

    id = IdField("cur")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The code of a food, the slug of a recipe, the name of a constant: what the reviewed files call it.
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=250)
    changes = models.JSONField()
    reason = models.CharField(max_length=1000)
    source = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=1000, blank=True)
    # Counts what was applied, over all kinds.
    version = models.PositiveIntegerField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        default_permissions = ("view",)
        permissions = [("curate_catalogue", "Can curate foods, recipes and constants")]
        indexes = [
            models.Index(fields=["kind", "key"], name="curation_of"),
            models.Index(fields=["state", "-proposed_at"], name="curation_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="applied", version__isnull=False) | ~Q(state="applied") & Q(version__isnull=True)),
                name="curation_version_when_applied",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="waiting", decided_at__isnull=True) | ~Q(state="waiting") & Q(decided_at__isnull=False)
                ),
                name="curation_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.state}"
