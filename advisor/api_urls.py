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
    path("advisor/actions/<str:action_id>/confirm", api.ConfirmActionOperation.as_view(), name="api-advisor-confirm"),
]
