"""The admin's screens of the models that all apps share."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from boloboost.accounts.enums import ADMIN_ROLES, EVENT_ROLES, PUBLISHING_ROLES
from boloboost.accounts.policies import SiteRolePolicy

from .forms import PlaceForm
from .mail.enums import MailState
from .mail.registry import kind_label
from .mail.services import MailNotRetryableError, retry_mail
from .models import AuditEntry, OutgoingMail, Place
from .viewsets import SiteIndexView, SiteLimitedMixin, SiteListingViewSet, SiteModelViewSet


class PlaceViewSet(SiteModelViewSet):
    model = Place
    icon = "thumbtack"
    menu_order = 250
    add_to_admin_menu = True
    role_table: ClassVar = {
        "view": ADMIN_ROLES,
        "add": EVENT_ROLES,
        "change": EVENT_ROLES,
        "delete": PUBLISHING_ROLES,
    }
    base_form_class = PlaceForm
    protected_message = gettext_lazy(
        "Events use this place, so it cannot be deleted. Give those events another place first."
    )
    panels: ClassVar = [
        FieldPanel("site"),
        TitleFieldPanel("name", classname="", placeholder=False),
        MultiFieldPanel(
            [
                FieldPanel("street_address"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldPanel("position"),
            ],
            heading=gettext_lazy("Where it is"),
        ),
        FieldPanel("directions"),
        FieldPanel("step_free"),
        FieldPanel("slug"),
    ]
    list_display: ClassVar = [
        "name",
        Column("address", label=gettext_lazy("Address")),
        BooleanColumn("step_free", label=gettext_lazy("No steps")),
    ]
    list_filter = ("step_free",)
    search_fields = ("name", "street_address", "postcode")


class AuditIndexView(SiteIndexView):
    def limit_to_sites(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # What happened to the whole installation has no site.
        return queryset if self.request.user.is_superuser else super().limit_to_sites(queryset)


def _details(entry: AuditEntry) -> str:
    return ", ".join(f"{name}: {value}" for name, value in entry.data.items())


class AuditViewSet(SiteListingViewSet):
    model = AuditEntry
    name = "audit-trail"
    icon = "history"
    menu_hook = "register_reports_menu_item"
    role_table: ClassVar = {"view": PUBLISHING_ROLES}
    index_view_class = AuditIndexView
    list_select_related = ("actor",)
    list_per_page = 50
    list_display: ClassVar = [
        Column("at", label=gettext_lazy("When"), sort_key="at"),
        Column(
            "actor",
            label=gettext_lazy("Who"),
            accessor=lambda entry: entry.actor or _("a visitor, or the site itself"),
        ),
        Column("action", label=gettext_lazy("What"), sort_key="action"),
        Column("target_label", label=gettext_lazy("About")),
        Column("details", label=gettext_lazy("Details"), accessor=_details),
    ]
    search_fields = ("action", "target_label")


class RecipientColumn(Column):
    """The address, for people who may also act on the mail."""

    def __init__(self, name: str, *, policy: SiteRolePolicy, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.policy = policy

    def get_cell_context_data(
        self, instance: OutgoingMail, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        if not self.policy.user_has_permission_for_instance(user, "change", instance):
            context["value"] = _("hidden")
        return context


class RetryColumn(Column):
    """A button that posts, for mails that may be tried again."""

    cell_template_name = "core/admin/retry_cell.html"

    def __init__(self, name: str, *, policy: SiteRolePolicy, url_name: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.policy = policy
        self.url_name = url_name

    def get_cell_context_data(
        self, instance: OutgoingMail, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        was_tried = instance.state == MailState.FAILED or (
            instance.state == MailState.QUEUED and instance.attempts > 0
        )
        if was_tried and self.policy.user_has_permission_for_instance(user, "change", instance):
            context["retry_url"] = reverse(self.url_name, args=[instance.pk])
            context["csrf_token"] = get_token(parent_context["request"])
        return context


class MailIndexView(SiteIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().defer("context", "rendered")


class MailRetryView(SiteLimitedMixin, PermissionCheckedMixin, View):
    model = OutgoingMail
    index_url_name = ""
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = self.get_row_or_404()
        try:
            retry_mail(mail_id=mail.pk, now=timezone.now())
        except MailNotRetryableError:
            messages.error(
                request, _("This mail cannot be tried again: it left, or its text was erased.")
            )
        else:
            messages.success(request, _("We try to send this mail within a minute."))
        return redirect(self.index_url_name)


class MailViewSet(SiteListingViewSet):
    """Mail on its way out, without what it says."""

    model = OutgoingMail
    name = "outgoing-mail"
    icon = "mail"
    menu_hook = "register_reports_menu_item"
    role_table: ClassVar = {"view": ADMIN_ROLES, "change": PUBLISHING_ROLES}
    index_view_class = MailIndexView
    list_per_page = 50
    list_filter = ("state",)

    @property
    def list_display(self) -> list[Any]:
        policy = self.permission_policy
        return [
            Column(
                "kind",
                label=gettext_lazy("Mail"),
                accessor=lambda mail: kind_label(mail.kind),
                sort_key="kind",
            ),
            "state",
            RetryColumn(
                "retry",
                policy=policy,
                url_name=self.get_url_name("retry"),
                label=gettext_lazy("Action"),
            ),
            RecipientColumn("recipient", policy=policy, label=gettext_lazy("Recipient")),
            "last_error",
            "attempts",
            "language",
            Column("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        ]

    def get_urlpatterns(self) -> list[Any]:
        retry_view = self.construct_view(MailRetryView)
        return [*super().get_urlpatterns(), path("retry/<int:pk>/", retry_view, name="retry")]
