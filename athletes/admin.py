"""The admin's view of accounts."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from .models import User


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Accounts; found by e-mail."""

    list_display = ("email", "is_coach", "is_staff", "is_active", "date_joined")
    search_fields = ("email",)
    fields = ("email", "name", "language", "is_coach", "is_staff", "is_active")
