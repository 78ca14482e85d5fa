"""Addresses that belong to every page rather than to a column."""

from django.urls import path

from kit.appearance import choose

app_name = "kit"

urlpatterns = [path("appearance/", choose, name="appearance")]
