"""The athlete's pages."""

from allauth.account.views import password_reset_from_key
from django.urls import path, register_converter

from athletes.views import account, calendars, connect, notices, notifications, sessions, settings, start, training


class AccountIdConverter:
    """An account's id as the links of mails carry it."""

    regex = "usr_[0-9a-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(AccountIdConverter, "account_id")

urlpatterns = [
    # The library's own pattern knows only ids without an underscore.
    path(
        "account/password/reset/key/<account_id:uidb36>-<path:key>/",
        password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", start.landing, name="landing"),
    path("more", start.more, name="more"),
    path("start", start.start, name="start"),
    path("start/profile", start.start_profile, name="start_profile"),
    path("start/food", start.start_food, name="start_food"),
    path("start/calendar", start.start_calendar, name="start_calendar"),
    path("training", training.training, name="training"),
    path("training/add", training.event_add, name="event_add"),
    path("training/calendars", calendars.calendars, name="calendars"),
    path("training/calendars/connect", calendars.calendar_connect, name="calendar_connect"),
    path("training/calendars/google", connect.google_start, name="google_connect"),
    path("training/calendars/google/return", connect.google_return, name="google_return"),
    path("training/calendars/<str:calendar_id>/choose", calendars.calendar_choose, name="calendar_choose"),
    path("training/calendars/<str:calendar_id>/reconnect", connect.calendar_reconnect, name="calendar_reconnect"),
    path("training/calendars/<str:calendar_id>/sync", calendars.calendar_sync, name="calendar_sync"),
    path("training/calendars/<str:calendar_id>/remove", calendars.calendar_remove, name="calendar_remove"),
    path("training/done", sessions.sessions, name="sessions"),
    path("training/done/add", sessions.session_upload, name="session_upload"),
    path("training/done/<str:session_id>", sessions.session, name="session"),
    path("training/done/<str:session_id>/delete", sessions.session_delete, name="session_delete"),
    path(
        "training/done/<str:session_id>/records/<str:record_id>/delete",
        sessions.session_record_delete,
        name="session_record_delete",
    ),
    path("training/<str:event_id>/edit", training.event_edit, name="event_edit"),
    path("training/<str:event_id>/correct", training.event_correct, name="event_correct"),
    path("training/<str:event_id>/delete", training.event_delete, name="event_delete"),
    path("notices", notices.notices, name="notices"),
    path("notices/<str:notice_id>/seen", notices.notice_seen, name="notice_seen"),
    path("settings/profile", settings.settings_profile, name="settings_profile"),
    path("settings/profile/care", settings.care_end, name="care_end"),
    path("settings/food", settings.settings_food, name="settings_food"),
    path("settings/travel", settings.settings_travel, name="settings_travel"),
    path("settings/travel/remove", settings.journey_remove, name="journey_remove"),
    path("settings/notifications", notifications.settings_notifications, name="settings_notifications"),
    path("mail/stop/<str:token>", notifications.mail_stop, name="mail_stop"),
    path("settings/coaches", settings.settings_coaches, name="settings_coaches"),
    path("settings/coaches/<str:link_id>/consent", settings.coach_consent, name="coach_consent"),
    path("settings/coaches/<str:link_id>/end", settings.coach_end, name="coach_end"),
    path("me", account.account_home, name="account_home"),
    path("me/language", account.account_language, name="account_language"),
    path("me/export", account.account_export, name="account_export"),
    path("me/delete", account.account_delete, name="account_delete"),
]
