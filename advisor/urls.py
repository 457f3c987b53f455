"""The advisor's pages."""

from django.urls import path

from advisor.views import actions, coaching, consents, feedback, talks

urlpatterns = [
    path("advisor", talks.advisor, name="advisor"),
    path("advisor/actions/<str:action_id>/confirm", actions.advisor_confirm, name="advisor_confirm"),
    path("advisor/actions/<str:action_id>/decline", actions.advisor_decline, name="advisor_decline"),
    path("advisor/messages/<str:message_id>/feedback", feedback.advisor_feedback, name="advisor_feedback"),
    path("advisor/<str:conversation_id>", talks.advisor, name="advisor"),
    path("advisor/<str:conversation_id>/rename", talks.advisor_rename, name="advisor_rename"),
    path("advisor/<str:conversation_id>/delete", talks.advisor_delete, name="advisor_delete"),
    path("coaching/talks", coaching.coach_talks, name="coach_talks"),
    path("coaching/talks/<str:conversation_id>", coaching.coach_talk, name="coach_talk"),
    path("settings/advisor", consents.settings_advisor, name="settings_advisor"),
    path("settings/advisor/sent", consents.settings_advisor_sent, name="settings_advisor_sent"),
]
