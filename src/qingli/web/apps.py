from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "qingli.web"
    label = "web"
