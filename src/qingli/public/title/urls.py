"""Addresses of the pages about titles."""

from django.urls import URLPattern, URLResolver, path

from qingli.public.title import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.register, name="titles"),
    path("check/", pages.find, name="titles-find"),
    path("<str:number>/", pages.title, name="title"),
    path("<str:number>/certificate.pdf", pages.certificate, name="title-pdf"),
]
