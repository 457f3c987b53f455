"""Who they are, what they will do and have done: accounts, athletes, coaches, calendars, training, notices."""

from athletes.models.accounts import RefreshToken, User, UserManager
from athletes.models.calendars import CalendarConnection, CalendarHost
from athletes.models.coaching import CoachLink, Squad
from athletes.models.notices import MailDelivery, Notice, NotificationSetting
from athletes.models.profiles import Athlete, BodyMeasurement
from athletes.models.sessions import CompletedSession, DismissedRecord, SessionRecord
from athletes.models.training import TitleCorrection, TrainingEvent

__all__ = [
    "Athlete",
    "BodyMeasurement",
    "CalendarConnection",
    "CalendarHost",
    "CoachLink",
    "CompletedSession",
    "DismissedRecord",
    "MailDelivery",
    "Notice",
    "NotificationSetting",
    "RefreshToken",
    "SessionRecord",
    "Squad",
    "TitleCorrection",
    "TrainingEvent",
    "User",
    "UserManager",
]
