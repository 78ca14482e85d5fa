"""The kit as an app, for its template tags."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "kit"
