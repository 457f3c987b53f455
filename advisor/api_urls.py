from django.urls import path

from advisor import api

urlpatterns = [
    path("athletes/<str:athlete_id>/advisor/chat", api.ChatOperation.as_view(), name="api-advisor-chat"),
    path(
        "athletes/<str:athlete_id>/advisor/conversations",
        api.ConversationsOperation.as_view(),
        name="api-advisor-conversations",
    ),
    path(
        "athletes/<str:athlete_id>/advisor/conversations/<str:conversation_id>",
        api.ConversationOperation.as_view(),
        name="api-advisor-conversation",
    ),
    path(
        "athletes/<str:athlete_id>/advisor/messages/<str:message_id>/feedback",
        api.FeedbackOperation.as_view(),
        name="api-advisor-feedback",
    ),
    path("athletes/<str:athlete_id>/advisor/consent", api.ConsentOperation.as_view(), name="api-advisor-consent"),
    path("advisor/actions/<str:action_id>/confirm", api.ConfirmActionOperation.as_view(), name="api-advisor-confirm"),
]
