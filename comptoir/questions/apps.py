from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "comptoir.questions"
    label = "questions"
