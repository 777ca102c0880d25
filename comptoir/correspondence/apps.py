from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "comptoir.correspondence"
    label = "correspondence"
