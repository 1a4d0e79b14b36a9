"""Addresses of the pages about money."""

from django.urls import URLPattern, URLResolver, path

from qingli.desk.ledger import deeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.money, name="money"),
    path("bookings/", views.bookings, name="money-bookings"),
    path("bookings/<uuid:booking_id>/", views.booking, name="money-booking"),
    path("bookings/<uuid:booking_id>/undo/", deeds.undo, name="money-undo"),
    path("spend/", deeds.spend, name="money-spend"),
    path("receive/", deeds.receive, name="money-receive"),
    path("earmarks/new/", deeds.open_earmark, name="money-earmark-new"),
    path("earmarks/<uuid:earmark_id>/", views.earmark, name="money-earmark"),
    path("accounts/new/", deeds.open_account, name="money-account-new"),
    path("accounts/<uuid:account_id>/", views.account, name="money-account"),
    path("accounts/<uuid:account_id>/close/", deeds.close_account, name="money-account-close"),
]
