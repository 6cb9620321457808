"""Addresses of the calendar that are not pages."""

from django.urls import path

from . import feeds, views

app_name = "events"
urlpatterns = [
    path("aanmelden/<int:occurrence_id>/", views.register, name="register"),
    path("aanmelding/<str:token>/", views.registration, name="registration"),
    path("feeds/agenda.ics", feeds.agenda_ics, name="feed_ics"),
    path("feeds/agenda.json", feeds.agenda_json, name="feed_json"),
    path("feeds/event/<str:uid>.ics", feeds.event_ics, name="event_ics"),
]
