"""The schedule's own screens: what changes at once and never waits (decision 1)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import date as format_date
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button

from boloboost.core.models import Place

from ..enums import ACTIVE
from ..models import EventPage, Occurrence
from ..policies import OccurrencePolicy, may_run_event
from ..selectors import people_counts
from ..services.schedule import (
    ScheduleChange,
    ScheduleConflict,
    cancel_occurrence,
    change_schedule,
    restore_occurrence,
)
from ..times import times_problem
from .guests import GuestsView


def seats_text(occurrence: Occurrence) -> str:
    """Return '12 of 50 seats' or '12 people'."""
    if occurrence.capacity is None:
        return _("%(taken)d people") % {"taken": occurrence.seats_taken}
    return _("%(taken)d of %(capacity)d seats") % {
        "taken": occurrence.seats_taken,
        "capacity": occurrence.capacity,
    }


def start_text(occurrence: Occurrence) -> str:
    """Return the local day and time an occurrence starts."""
    starts = timezone.localtime(occurrence.starts_at)
    return f"{format_date(starts, 'D j N Y')}, {format_date(starts, 'TIME_FORMAT')}"


class ScheduleIndexView(IndexView):
    """All occurrences that this person may run, soonest first."""

    search_fields = ["title"]
    page_title = gettext_lazy("Events")
    header_icon = "date"

    @property
    def shows_past(self) -> bool:
        return bool(self.request.GET.get("past"))

    @property
    def default_ordering(self) -> str:
        return "-starts_at" if self.shows_past else "starts_at"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if self.shows_past:
            return [Button(_("What is coming"), url=self.index_url, icon_name="date")]
        return [Button(_("What is past"), url=f"{self.index_url}?past=1", icon_name="history")]

    def get_base_queryset(self) -> QuerySet[Occurrence]:
        policy = OccurrencePolicy()
        title = EventPage.objects.filter(
            translation_key=OuterRef("event__translation_key")
        ).order_by("locale_id")
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        now = timezone.now()
        rows = rows.filter(ends_at__lte=now) if self.shows_past else rows.filter(ends_at__gt=now)
        return rows.select_related("event__place", "site").annotate(
            title=Subquery(title.values("title")[:1])
        )

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("Event"),
                url_name="schedule:edit",
                accessor=lambda row: row.title or _("(page deleted)"),
            ),
            Column("starts_at", label=_("Starts"), accessor=start_text, sort_key="starts_at"),
            Column("place", label=_("Place"), accessor="event.place"),
            Column("status", label=_("Status"), accessor="get_status_display"),
            TitleColumn(
                "guests", label=_("Guests"), accessor=seats_text, url_name="schedule:guests"
            ),
        ]


class ScheduleForm(forms.Form):
    """Time, place, seats and the urgent message of one occurrence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    starts_at = forms.DateTimeField(label=gettext_lazy("Starts"), widget=AdminDateTimeInput)
    ends_at = forms.DateTimeField(label=gettext_lazy("Ends"), widget=AdminDateTimeInput)
    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Place"), required=False
    )
    takes_registrations = forms.BooleanField(
        label=gettext_lazy("People can say they are coming"), required=False
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy(
            "Leave empty when there is room for everybody. Fewer seats than people who are"
            " coming? Nobody is thrown out, and nobody new gets in."
        ),
    )
    party_limit = forms.IntegerField(
        label=gettext_lazy("People per registration"), min_value=1, max_value=20
    )
    notice = forms.CharField(
        label=gettext_lazy("Urgent message"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Shown at once on the event's page, in every language."),
    )

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(site=occurrence.site_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        problem = times_problem(starts, ends, now=timezone.now()) if starts and ends else None
        if problem is not None:
            self.add_error(*problem)
        return cleaned


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it off?"),
        max_length=200,
        help_text=gettext_lazy("One sentence. Guests read it in their mail and on the page."),
    )


class OccurrenceScreen(WagtailAdminTemplateMixin, FormView):
    """One occurrence; somebody else's neighbourhood is a 404, somebody else's event a 403."""

    header_icon = "date"
    index_url_name = "schedule:index"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = (
            Occurrence.objects.select_related("event__site", "event__place")
            .filter(pk=kwargs["pk"])
            .first()
        )
        policy = OccurrencePolicy()
        if found is None or not policy.user_has_permission(request.user, "change"):
            raise Http404
        self.occurrence: Occurrence = found
        self.page: EventPage | None = (
            EventPage.objects.filter(translation_key=found.event.translation_key)
            .order_by("locale_id")
            .first()
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_run_event(request.user, self.occurrence.event):
            if OccurrencePolicy.shares_site(request.user, self.occurrence):
                raise PermissionDenied
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.title if self.page else self.occurrence)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Events")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        active = self.occurrence.registrations.filter(status__in=ACTIVE).count()
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "submit_button_label": _("Save"),
            "submit_button_active_label": _("Saving…"),
            "occurrence": self.occurrence,
            "page": self.page,
            "people": people_counts(self.occurrence),
            "told_count": active,
        }


class ScheduleEditView(OccurrenceScreen):
    template_name = "events/admin/schedule_edit.html"
    page_title = gettext_lazy("Schedule")
    form_class = ScheduleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "occurrence": self.occurrence}

    def get_initial(self) -> dict[str, Any]:
        event = self.occurrence.event
        return {
            "version": event.version,
            "starts_at": self.occurrence.starts_at,
            "ends_at": self.occurrence.ends_at,
            "place": event.place_id,
            "takes_registrations": event.takes_registrations,
            "capacity": self.occurrence.capacity,
            "party_limit": event.party_limit,
            "notice": event.notice,
        }

    def form_valid(self, form: ScheduleForm) -> HttpResponse:
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            change_schedule(
                occurrence_id=self.occurrence.pk,
                change=ScheduleChange(**values),
                expected_version=version,
                actor=self.request.user,
                now=timezone.now(),
            )
        except ScheduleConflict:
            form.add_error(
                None,
                _("Somebody changed this while you were busy. Open the screen again and look."),
            )
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. It counts from now on."))
        return redirect("schedule:edit", self.occurrence.pk)


class ScheduleCancelView(OccurrenceScreen):
    template_name = "events/admin/schedule_cancel.html"
    page_title = gettext_lazy("Call off")
    form_class = CancelForm

    def form_valid(self, form: CancelForm) -> HttpResponse:
        cancel_occurrence(
            occurrence_id=self.occurrence.pk,
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, _("It is off. Everybody on the list gets a mail."))
        return redirect("schedule:edit", self.occurrence.pk)


class ScheduleRestoreView(OccurrenceScreen):
    template_name = "events/admin/schedule_restore.html"
    page_title = gettext_lazy("Let it go on")
    form_class = forms.Form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        restore_occurrence(
            occurrence_id=self.occurrence.pk, actor=self.request.user, now=timezone.now()
        )
        messages.success(self.request, _("It goes on. Everybody on the list gets a mail."))
        return redirect("schedule:edit", self.occurrence.pk)


class ScheduleViewSet(ModelViewSet):
    """'Events' in the admin: what is planned, who comes, and the buttons that never wait."""

    model = Occurrence
    name = "schedule"
    url_prefix = "schedule"
    icon = "date"
    menu_label = gettext_lazy("Events")
    menu_name = "schedule"
    add_to_reference_index = False
    index_view_class = ScheduleIndexView
    form_fields = ["starts_at"]

    @property
    def permission_policy(self) -> OccurrencePolicy:
        return OccurrencePolicy()

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", ScheduleEditView.as_view(), name="edit"),
            path("<int:pk>/cancel/", ScheduleCancelView.as_view(), name="cancel"),
            path("<int:pk>/restore/", ScheduleRestoreView.as_view(), name="restore"),
            path("<int:pk>/guests/", GuestsView.as_view(), name="guests"),
            path(
                "<int:pk>/guests/results/",
                GuestsView.as_view(results_only=True),
                name="guests_results",
            ),
        ]
