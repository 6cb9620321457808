"""The page form of an event: words, and the draft of the schedule (decision 1)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from boloboost.core.models import Place
from boloboost.core.publishing import site_of_page

from .models.taxonomy import Category
from .times import times_problem

if TYPE_CHECKING:
    from .models import EventPage


class EventPageForm(WagtailAdminPageForm):
    """``opened_version`` is the schedule's version when this form was opened."""

    SCHEDULE_FIELDS = (
        "starts_at",
        "ends_at",
        "place",
        "capacity",
        "takes_registrations",
        "party_limit",
    )

    opened_version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: EventPage = self.instance
        self.initial["opened_version"] = page.schedule_version
        site = site_of_page(self.parent_page if page.pk is None else page)
        self._limit_to_site("place", Place.objects.filter(site=site))
        self._limit_to_site("category", Category.objects.filter(site=site))
        for name in ("starts_at", "ends_at", "category"):
            if name in self.fields:
                self.fields[name].required = True
        if page.pk is not None:
            self._show_current_schedule(page)

    def _limit_to_site(self, name: str, queryset: Any) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queryset

    def _show_current_schedule(self, page: "EventPage") -> None:
        """Start from the schedule when it moved on since this draft was written."""
        if not page.owns_schedule:
            for name in ("category", *self.SCHEDULE_FIELDS):
                self.fields.pop(name, None)
            return
        schedule = page.schedule
        if schedule is None or schedule.version == page.schedule_version:
            return
        self.initial["opened_version"] = schedule.version
        occurrence = schedule.occurrences.get()
        current = {
            "starts_at": occurrence.starts_at,
            "ends_at": occurrence.ends_at,
            "place": schedule.place_id,
            "capacity": occurrence.capacity,
            "takes_registrations": schedule.takes_registrations,
            "party_limit": schedule.party_limit,
        }
        self.initial.update({k: v for k, v in current.items() if k in self.fields})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        problem = times_problem(starts, ends, now=timezone.now()) if starts and ends else None
        if problem is not None:
            self.add_error(*problem)
        return cleaned

    def save(self, commit: bool = True) -> "EventPage":
        self.instance.schedule_version = self.cleaned_data.get("opened_version") or 0
        page: EventPage = super().save(commit=commit)
        return page
