"""Addresses of the floor's pages."""

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("bare/", views.bare),
    path("plans/<int:pk>/", views.detail),
    path("lines/<int:pk>/", views.save),
    path("workers/", views.workers),
]
