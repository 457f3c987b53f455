"""The base of every API operation that lies under one athlete."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext

from nutrition_site.kernel.api.operations import Operation
from nutrition_site.kernel.errors import Forbidden

from . import rules
from .models import Athlete


class AthleteOperation(Operation):
    """An operation under `/v1/athletes/{athlete_id}`. Reading is open to whom the athlete consented; writing is not."""

    athlete: Athlete
    owner_only_methods: ClassVar[frozenset[str]] = frozenset({"POST", "PUT", "PATCH", "DELETE"})

    def locate(self, request: Any, **kwargs: Any) -> None:
        visible = Athlete.objects.visible_to(request.user).select_related("user")
        self.athlete = self.find(visible, kwargs.get("athlete_id", ""), "ath")
        self.locate_within(request, **kwargs)
        if request.method in self.owner_only_methods and not rules.may_change(request.user, self.athlete):
            raise Forbidden(gettext("Only the athlete may change this."))

    def locate_within(self, request: Any, **kwargs: Any) -> None:
        """Finds what lies under the athlete; raises NotFound."""
