"""The roadmaps as an app."""

from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = "дорожные карты"
