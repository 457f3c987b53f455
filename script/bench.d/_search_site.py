"""The product with one more page: a bare list of foods, what the plainest framework code costs on the same server."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")

from django.core.wsgi import get_wsgi_application

# Models can be imported only when the application is there.
application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework import generics, pagination, serializers  # noqa: E402

from planning.models import Food  # noqa: E402


class _Bare(serializers.ModelSerializer):
    class Meta:
        model = Food
        fields = ("id", "code", "name", "energy_kcal", "protein_g", "carbs_g", "fat_g")


class _Pages(pagination.PageNumberPagination):
    page_size = 20


class BareList(generics.ListAPIView):
    """Twenty foods by id and how many there are, in the framework's own ways; who asks is checked as everywhere."""

    queryset = Food.objects.order_by("id")
    serializer_class = _Bare
    pagination_class = _Pages


urlpatterns = [path("bare", BareList.as_view()), path("", include("nutrition_site.urls"))]
settings.ROOT_URLCONF = __name__
