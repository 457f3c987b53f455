"""The subscription pages."""

from django.urls import path

from billing import views

urlpatterns = [
    path("subscription", views.subscription, name="subscription"),
    path("subscription/cancel", views.subscription_cancel, name="subscription_cancel"),
    path("subscription/end", views.subscription_end, name="subscription_end"),
]
