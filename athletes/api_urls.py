"""The paths of the athletes' operations, relative to `/v1/`."""

from django.urls import path

from athletes.api import calendars, coaches, events, notices, profile, sessions

urlpatterns = [
    path("athletes", profile.Athletes.as_view(), name="api-athletes"),
    path("athletes/<str:athlete_id>", profile.OneAthlete.as_view(), name="api-athlete"),
    path("athletes/<str:athlete_id>/measurements", profile.Measurements.as_view(), name="api-measurements"),
    path("athletes/<str:athlete_id>/coaches", coaches.CoachLinks.as_view(), name="api-coaches"),
    path("athletes/<str:athlete_id>/coaches/<str:link_id>", coaches.OneCoachLink.as_view(), name="api-coach"),
    path(
        "athletes/<str:athlete_id>/coaches/<str:link_id>/consent",
        coaches.CoachConsent.as_view(),
        name="api-coach-consent",
    ),
    path("athletes/<str:athlete_id>/calendars", calendars.Calendars.as_view(), name="api-calendars"),
    path("athletes/<str:athlete_id>/calendars/<str:calendar_id>", calendars.OneCalendar.as_view(), name="api-calendar"),
    path(
        "athletes/<str:athlete_id>/calendars/<str:calendar_id>/sync",
        calendars.CalendarSync.as_view(),
        name="api-calendar-sync",
    ),
    path("athletes/<str:athlete_id>/notices", notices.Notices.as_view(), name="api-notices"),
    path(
        "athletes/<str:athlete_id>/notices/<str:notice_id>/seen",
        notices.NoticeSeen.as_view(),
        name="api-notice-seen",
    ),
    path("athletes/<str:athlete_id>/sessions", sessions.Sessions.as_view(), name="api-sessions"),
    path("athletes/<str:athlete_id>/sessions/<str:session_id>", sessions.OneSession.as_view(), name="api-session"),
    path(
        "athletes/<str:athlete_id>/sessions/<str:session_id>/records/<str:record_id>",
        sessions.OneSessionRecord.as_view(),
        name="api-session-record",
    ),
    path("athletes/<str:athlete_id>/training-events", events.TrainingEvents.as_view(), name="api-training-events"),
    path(
        "athletes/<str:athlete_id>/training-events/<str:event_id>",
        events.OneTrainingEvent.as_view(),
        name="api-training-event",
    ),
    path(
        "athletes/<str:athlete_id>/training-events/<str:event_id>/correction",
        events.EventCorrection.as_view(),
        name="api-training-event-correction",
    ),
]
