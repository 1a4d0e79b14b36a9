"""Every address: the faces' own lists, one below another."""

from django.urls import include, path

urlpatterns = [
    path("", include("qingli.web.urls")),
    path("", include("qingli.desk.urls")),
    path("", include("qingli.public.urls")),
]
