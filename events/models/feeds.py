"""Feeds as stored bytes (decision 8)."""

from django.db import models

from .schedule import Event


class CalendarVersion(models.Model):
    """Rises with every change that a calendar or feed of the site shows."""

    site = models.OneToOneField(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="calendar_version",
    )
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.site_id}: {self.number}"


class FeedFragment(models.Model):
    """The VEVENT of one event in one language, serialised when it changed.

    ``changed_at`` is DTSTAMP and LAST-MODIFIED; it moves only when the rest of the
    bytes (``content_hash``) does.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="fragments")
    language = models.CharField(max_length=10)
    body = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "language"], name="feed_fragment_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.language}"


class StoredFeed(models.Model):
    """The whole bytes of one feed, good while the calendar's version is the same.

    ``fresh_until`` is when an event drops out of the feed's history by itself.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    calendar_version = models.PositiveBigIntegerField()
    body = models.BinaryField()
    etag = models.CharField(max_length=64)
    last_modified = models.DateTimeField()
    fresh_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name", "language"], name="stored_feed_once_per_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"
