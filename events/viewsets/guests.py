"""The guest list of one occurrence, on screen and as a spreadsheet."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView

from boloboost.core.spreadsheets import FormulaSafeMixin

from ..models import EventPage, Occurrence, Registration
from ..policies import may_run_event
from ..selectors import people_counts


class GuestsView(FormulaSafeMixin, IndexView):
    """Names, addresses and party sizes, for the organisers of this event and editors."""

    model = Registration
    template_name = "events/admin/guests.html"
    page_title = gettext_lazy("Guests")
    header_icon = "group"
    default_ordering = "queue_number"
    search_fields = ["name", "email"]
    list_filter = ["status"]
    list_export = [
        "queue_number",
        "name",
        "email",
        "party_size",
        "get_status_display",
        "created_at",
    ]
    export_headings = {
        "queue_number": gettext_lazy("No."),
        "get_status_display": gettext_lazy("Status"),
    }
    paginate_by = 100
    any_permission_required = ["change"]
    _show_breadcrumbs = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        found = Occurrence.objects.select_related("event__site").filter(pk=kwargs["pk"]).first()
        if found is None or not may_run_event(request.user, found.event):
            raise Http404
        self.occurrence: Occurrence = found
        super().setup(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Registration]:
        return self.occurrence.registrations.all()

    def get_index_url(self) -> str:
        return reverse("schedule:guests", args=[self.occurrence.pk])

    def get_index_results_url(self) -> str:
        return reverse("schedule:guests_results", args=[self.occurrence.pk])

    @cached_property
    def index_url(self) -> str:
        return self.get_index_url()

    @cached_property
    def index_results_url(self) -> str:
        return self.get_index_results_url()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("queue_number", label=_("No."), sort_key="queue_number"),
            Column("name", label=_("Name"), sort_key="name"),
            Column("email", label=_("E-mail address")),
            Column("party_size", label=_("People"), sort_key="party_size"),
            Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
            DateColumn("created_at", label=_("Signed up"), sort_key="created_at"),
        ]

    def get_filename(self) -> str:
        day = timezone.localtime(self.occurrence.starts_at)
        return f"gasten-{day:%Y-%m-%d}"

    def get_page_subtitle(self) -> str:
        page = (
            EventPage.objects.filter(translation_key=self.occurrence.event.translation_key)
            .order_by("locale_id")
            .first()
        )
        return str(page.title) if page else ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("schedule:index"), "label": _("Events")},
            {
                "url": reverse("schedule:edit", args=[self.occurrence.pk]),
                "label": self.get_page_subtitle(),
            },
            {"url": "", "label": _("Guests")},
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["occurrence"] = self.occurrence
        context["people"] = people_counts(self.occurrence)
        return context
