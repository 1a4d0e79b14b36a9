"""Addresses of the frame."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from qingli.web import health, views

app_name = "web"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", set_language, name="language"),
    path("who-sees-what/", views.me, name="me"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("help/", views.help_page, name="help"),
    path("healthz", health.healthz, name="health"),
]
