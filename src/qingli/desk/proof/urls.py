"""Addresses of the pages about figures and self-assessment."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
