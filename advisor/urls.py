"""The advisor's pages."""

from django.urls import path

from advisor import views

urlpatterns = [
    path("advisor", views.advisor, name="advisor"),
    path("advisor/actions/<str:action_id>/confirm", views.advisor_confirm, name="advisor_confirm"),
    path("advisor/actions/<str:action_id>/decline", views.advisor_decline, name="advisor_decline"),
    path("advisor/<str:conversation_id>", views.advisor, name="advisor"),
    path("advisor/<str:conversation_id>/delete", views.advisor_delete, name="advisor_delete"),
]
