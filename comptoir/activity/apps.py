from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "comptoir.activity"
    label = "activity"
