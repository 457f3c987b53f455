"""Who they are and what they will do: accounts, athlete profiles, coaches, calendars, training events."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nutrition_site.kernel.fields import EncryptedJSONField, IdField

from . import querysets


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Athletes, coaches and staff sign in with an e-mail address."""

    id = IdField("usr")
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_coach = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Raised when a password changes or tokens are revoked: every access token carries the generation it was made in.
    token_generation = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.email


class RefreshToken(models.Model):
    """One refresh token of a family. Using a rotated one again revokes the whole family."""

    id = IdField("rft")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="refresh_tokens")
    family = models.CharField(max_length=40, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    rotated_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id


class Athlete(models.Model):
    """The one athlete profile of an account. Unknown is None; nothing here is ever filled with an assumption."""

    class Sex(models.TextChoices):
        MALE = "M", "male"
        FEMALE = "F", "female"

    class ReplanPolicy(models.TextChoices):
        ASK = "ask", "ask me"
        AUTOMATIC = "automatic", "change it from tomorrow on"

    class Units(models.TextChoices):
        METRIC = "metric"
        US = "us"

    id = IdField("ath")
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="athlete")
    name = models.CharField(max_length=200)
    sport = models.CharField(max_length=80)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, null=True, blank=True)
    height_cm = models.FloatField(null=True, blank=True)
    weight_kg = models.FloatField(null=True, blank=True)
    body_fat_pct = models.FloatField(null=True, blank=True)
    ffm_kg = models.FloatField(null=True, blank=True)
    measured_rmr_kcal = models.FloatField(null=True, blank=True)
    vo2max = models.FloatField(null=True, blank=True)
    pal_nonexercise = models.FloatField(null=True, blank=True)
    timezone = models.CharField(max_length=64, default="UTC")
    units = models.CharField(max_length=6, choices=Units.choices, default=Units.METRIC)
    dietary_preferences = models.JSONField(default=list, blank=True)
    allergies = models.JSONField(default=list, blank=True)
    dislikes = models.JSONField(default=list, blank=True)
    cuisines = models.JSONField(default=list, blank=True)
    goals = models.JSONField(default=list, blank=True)
    rate_pct_per_week = models.FloatField(null=True, blank=True)
    surplus_kcal = models.FloatField(null=True, blank=True)
    max_prep_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_budget_minor = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    macro_overrides = models.JSONField(default=dict, blank=True)
    pregnant = models.BooleanField(null=True, blank=True)
    lactating = models.BooleanField(null=True, blank=True)
    ed_flag = models.BooleanField(default=False)
    replan_policy = models.CharField(max_length=10, choices=ReplanPolicy.choices, default=ReplanPolicy.ASK)
    # Facts that upper apps pull: raised with every change of the training, or of anything else that targets follow.
    training_version = models.PositiveIntegerField(default=1)
    profile_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def age_on(self, day: date) -> int | None:
        """Completed years on a day, None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class BodyMeasurement(models.Model):
    """One weigh-in or body-composition measurement."""

    id = IdField("bms")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="measurements")
    measured_on = models.DateField()
    weight_kg = models.FloatField(null=True, blank=True)
    body_fat_pct = models.FloatField(null=True, blank=True)
    ffm_kg = models.FloatField(null=True, blank=True)
    method = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-measured_on"]
        constraints = [models.UniqueConstraint(fields=["athlete", "measured_on"], name="measurement_one_a_day")]

    def __str__(self) -> str:
        return f"{self.athlete_id} {self.measured_on}"


class CoachLink(models.Model):
    """A coach may see an athlete from the moment the athlete consents until either ends it."""

    class Status(models.TextChoices):
        INVITED = "invited"
        ACTIVE = "active"
        ENDED = "ended"

    id = IdField("lnk")
    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coach_links")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="coach_links")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.INVITED)
    invited_at = models.DateTimeField(auto_now_add=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    squad = models.ForeignKey("Squad", on_delete=models.SET_NULL, null=True, blank=True, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "athlete"], condition=~Q(status="ended"), name="coach_link_one_open_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} → {self.athlete_id} ({self.status})"


class Squad(models.Model):
    """A coach's group of athletes."""

    id = IdField("sqd")
    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="squads")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["coach", "name"], name="squad_name_per_coach")]

    def __str__(self) -> str:
        return self.name


class CalendarConnection(models.Model):
    """A training calendar somewhere else. Credentials are ciphertext and are never shown again."""

    class Status(models.TextChoices):
        PENDING = "pending", "not read yet"
        OK = "ok", "connected"
        ERROR = "error", "cannot be read"
        RECONNECT = "reconnect", "needs to be connected again"

    id = IdField("cal")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="calendars")
    provider = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True)
    credentials = EncryptedJSONField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    status_reason = models.CharField(max_length=300, blank=True)
    sync_state = models.JSONField(default=dict, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_synced_at = models.DateTimeField(null=True, blank=True)
    next_sync_at = models.DateTimeField(null=True, blank=True)
    # Who is syncing now, and until when that may be believed: a killed worker leaves a lease that runs out.
    sync_lease = models.CharField(max_length=40, blank=True)
    sync_lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["next_sync_at"], name="calendar_next_sync")]

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"


class TrainingEvent(models.Model):
    """One planned training event or race, from a calendar or entered by hand."""

    class Type(models.TextChoices):
        WORKOUT = "workout"
        RACE = "race"
        REST = "rest"
        UNCLASSIFIED = "unclassified"
        NOT_TRAINING = "not_training"

    class Intensity(models.TextChoices):
        EASY = "easy"
        MODERATE = "moderate"
        HARD = "hard"
        RACE = "race"

    id = IdField("evt")
    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="training_events")
    calendar = models.ForeignKey(
        CalendarConnection, on_delete=models.CASCADE, null=True, blank=True, related_name="training_events"
    )
    # UID and occurrence at the source; empty for manual events.
    external_id = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=20, default="manual")
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.UNCLASSIFIED)
    sport = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    local_date = models.DateField()
    all_day = models.BooleanField(default=False)
    duration_minutes = models.FloatField(null=True, blank=True)
    distance_km = models.FloatField(null=True, blank=True)
    intensity = models.CharField(max_length=8, choices=Intensity.choices, null=True, blank=True)
    avg_power_w = models.FloatField(null=True, blank=True)
    avg_hr = models.FloatField(null=True, blank=True)
    rpe = models.FloatField(null=True, blank=True)
    tss = models.FloatField(null=True, blank=True)
    intensity_factor = models.FloatField(null=True, blank=True)
    # Names of the fields that were read from the title or assumed, not stated by the source.
    estimated = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.TrainingEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "external_id"], condition=Q(calendar__isnull=False), name="event_once_per_calendar"
            )
        ]
        indexes = [models.Index(fields=["athlete", "local_date"], name="event_athlete_day")]

    def __str__(self) -> str:
        return f"{self.local_date} {self.title}"

    @property
    def counts(self) -> bool:
        """Only workouts and races carry load."""
        return self.type in (self.Type.WORKOUT, self.Type.RACE)
