"""Addresses of the pages about figures and self-assessment."""

from django.urls import URLPattern, URLResolver, path

from qingli.desk.proof import samples, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.assessment, name="proof"),
    path("<slug:criterion>/behind/", views.behind, name="proof-behind"),
    path("<slug:criterion>/points/", views.judge, name="proof-judge"),
    path("<slug:criterion>/sample/", samples.sample, name="proof-sample"),
    path("samples/<uuid:sample_id>/sites.txt", samples.frame, name="proof-frame"),
    path("samples/<uuid:sample_id>/<uuid:site_id>/", samples.check, name="proof-site"),
    path("kept/<uuid:assessment_id>/", views.kept, name="proof-kept"),
]
