"""Addresses of the front door."""

from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("health/", views.Health.as_view(), name="health"),
    path("search/", views.Search.as_view(), name="search"),
]
