from django.apps import AppConfig


class TitleConfig(AppConfig):
    name = "qingli.title"
    label = "title"
    default_auto_field = "django.db.models.BigAutoField"
