"""Admin screens for models that belong to one neighbourhood.

Wagtail's model viewsets know global rights only: an editor of one site would see
and change the rows of all. ``SiteModelViewSet`` closes that in one place::

    class PlaceViewSet(SiteModelViewSet):
        model = Place
        role_table = {
            "view": ADMIN_ROLES,        # sees the list
            "add": EVENT_ROLES,
            "change": EVENT_ROLES,
            "delete": PUBLISHING_ROLES,  # an action that is left out is nobody's
        }
        base_form_class = PlaceForm     # a SiteModelForm, see forms.py
        panels = [...]                  # optional; else the model's panels
        list_display = ["name", "street_address"]
        list_filter = ["step_free"]     # foreign keys only offer rows of one's own sites
        list_select_related = ["owner"] # what the columns read; the site is there already
        protected_message = _("Events use this place.")

What it gives:

* ``permission_policy``: a ``SiteRolePolicy`` made from ``role_table`` and ``site_lookup``
  (``"site"``; ``"event__site"`` for rows that hang below something else);
* every view (list, edit, delete, copy, history, usage, inspect, reorder) starts from the rows
  of the sites where the person may do what the view does: the rest is a 404;
* the form drops its ``site`` field when there is nothing to choose, and offers only sites in
  which the person may add;
* lists show and filter by neighbourhood only for people who have more than one;
* deleting what is protected by a foreign key is a message, not an error.

``SiteListingViewSet`` is the same with a list only. A view of your own takes
``SiteLimitedMixin`` in front of Wagtail's view, and ``limit_to_sites(queryset)``.
Register both with the ``register_admin_viewset`` hook, alone or in a ``ModelViewSetGroup``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import django_filters
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from boloboost.accounts.enums import Role
from boloboost.accounts.policies import SiteRolePolicy

from .forms import SiteModelForm
from .protection import is_protected

ModelChoice = django_filters.ModelChoiceFilter | django_filters.ModelMultipleChoiceFilter


class SiteLimitedMixin:
    """View mixin: rows of neighbourhoods where the person may do what the view does."""

    request: HttpRequest
    model: type[Model]
    permission_policy: SiteRolePolicy
    permission_required: str | None
    any_permission_required: Sequence[str] | None
    kwargs: dict[str, Any]

    @property
    def sites(self) -> QuerySet[Site]:
        """The neighbourhoods this view covers for this person."""
        if self.permission_required:
            actions: Iterable[str] = [self.permission_required]
        else:
            actions = self.any_permission_required or []
        return self.permission_policy.sites_user_has_any_permission_for(self.request.user, actions)

    def limit_to_sites(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of ``queryset`` that this view may touch for this person."""
        return queryset.filter(**{f"{self.permission_policy.site_lookup}__in": self.sites})

    def get_row_or_404(self) -> Any:
        """Return the row of the address, or raise ``Http404``."""
        rows = self.limit_to_sites(self.model._default_manager.all())
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))


class SiteFilterSet(WagtailFilterSet):
    """Filters of a list; those on foreign keys offer rows of one's own sites only."""

    def __init__(self, *args: Any, sites: QuerySet[Site], many_sites: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choice in list(self.filters.items()):
            if isinstance(choice, ModelChoice):
                if choice.queryset.model is Site and not many_sites:
                    del self.filters[name]
                else:
                    choice.queryset = _of_sites(choice.queryset, sites)


def _of_sites(rows: QuerySet[Any], sites: QuerySet[Site]) -> QuerySet[Any]:
    if rows.model is Site:
        return sites
    if "site" not in {field.name for field in rows.model._meta.get_fields()}:
        raise ImproperlyConfigured(f"A filter on {rows.model.__name__} would show every site's.")
    return rows.filter(site__in=sites)


class SiteIndexView(SiteLimitedMixin, generic.IndexView):
    base_filterset_class = SiteFilterSet
    list_select_related: Sequence[str] = ()

    @cached_property
    def shows_sites(self) -> bool:
        return len(self.sites[:2]) > 1

    def get_base_queryset(self) -> QuerySet[Any]:
        rows = self.limit_to_sites(super().get_base_queryset())
        return rows.select_related(self.permission_policy.site_lookup, *self.list_select_related)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_filterset_kwargs(),
            "sites": self.sites,
            "many_sites": self.shows_sites,
        }

    @cached_property
    def columns(self) -> list[Column]:
        title, *others = super().columns
        if not self.shows_sites:
            return [title, *others]
        accessor = self.permission_policy.site_lookup.replace("__", ".")
        return [title, Column("site", accessor=accessor, label=_("Neighbourhood")), *others]

    # Wagtail asks these four for the whole model; here a right ends at the site, and asking
    # row by row would be a query each.
    def get_edit_url(self, instance: Model) -> str | None:
        return self._row_url(self.edit_url_name, "change", instance)

    def get_delete_url(self, instance: Model) -> str | None:
        return self._row_url(self.delete_url_name, "delete", instance)

    def get_copy_url(self, instance: Model) -> str | None:
        return self._row_url(self.copy_url_name, "change", instance)

    def get_inspect_url(self, instance: Model) -> str | None:
        return self._row_url(self.inspect_url_name, "view", instance)

    def _row_url(self, url_name: str | None, action: str, instance: Model) -> str | None:
        if not url_name or not self.user_has_permission_for_instance(action, instance):
            return None
        return reverse(url_name, args=[quote(instance.pk)])


class SiteEditView(SiteLimitedMixin, generic.EditView):
    def get_queryset(self) -> QuerySet[Any]:
        return self.limit_to_sites(super().get_queryset())


class SiteCopyView(SiteLimitedMixin, generic.CopyView):
    """Shows a filled-in form for a new row; only what one may change can be the source."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        rows = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))


class SiteDeleteView(SiteLimitedMixin, generic.DeleteView):
    template_name = "core/admin/confirm_delete.html"
    protected_message: Any = _("This is still in use, so it cannot be deleted.")

    def get_queryset(self) -> QuerySet[Any]:
        return self.limit_to_sites(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The reference index that Wagtail asks is brought up to date in the background.
        return {**super().get_context_data(**kwargs), "is_protected": is_protected(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        if not is_protected(self.object):
            try:
                return super().form_valid(form)
            except ProtectedError:
                pass
        messages.error(self.request, self.protected_message)
        return redirect(self.get_delete_url())


class SiteHistoryView(SiteLimitedMixin, HistoryView):
    def get_base_object_queryset(self) -> QuerySet[Any]:
        return self.limit_to_sites(super().get_base_object_queryset())


class SiteUsageView(SiteLimitedMixin, UsageView):
    def get_base_object_queryset(self) -> QuerySet[Any]:
        return self.limit_to_sites(super().get_base_object_queryset())


class SiteInspectView(SiteLimitedMixin, generic.InspectView):
    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        return self.get_row_or_404()


class SiteReorderView(SiteLimitedMixin, generic.ReorderView):
    def get_queryset(self) -> QuerySet[Any]:
        return self.limit_to_sites(super().get_queryset())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.get_row_or_404()
        return super().post(request, *args, **kwargs)


class SiteModelViewSet(ModelViewSet):
    """Screens for a model with a neighbourhood; see the top of this module."""

    role_table: ClassVar[Mapping[str, frozenset[Role]]]
    site_lookup = "site"
    base_form_class: type[SiteModelForm] = SiteModelForm
    list_select_related: Sequence[str] = ()
    list_filter: Sequence[str] = ()
    protected_message: Any = ModelViewSet.UNDEFINED

    index_view_class = SiteIndexView
    edit_view_class = SiteEditView
    copy_view_class = SiteCopyView
    delete_view_class = SiteDeleteView
    history_view_class = SiteHistoryView
    usage_view_class = SiteUsageView
    inspect_view_class = SiteInspectView
    reorder_view_class = SiteReorderView
    copy_view_enabled = False
    # Lists are short; the database's own search needs no index that lags behind.
    search_backend_name = None

    @cached_property
    def permission_policy(self) -> SiteRolePolicy:
        return SiteRolePolicy(self.model, self.role_table, site_lookup=self.site_lookup)

    def get_edit_handler(self) -> Any:
        form_class = type(
            self.base_form_class.__name__,
            (self.base_form_class,),
            {"permission_policy": self.permission_policy},
        )
        panels = getattr(self, "panels", None) or self.model.panels
        return ObjectList(panels, base_form_class=form_class).bind_to_model(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(
            list_select_related=self.list_select_related,
            list_filter=[self.site_lookup, *self.list_filter],
            **kwargs,
        )

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(protected_message=self.protected_message, **kwargs)

    def register_permissions(self) -> None:
        """Rights come from ``role_table``; Django's would be boxes without a meaning."""


class SiteListingViewSet(SiteModelViewSet):
    """A list and nothing else."""

    add_to_reference_index = False

    def register_admin_url_finder(self) -> None:
        """There is no page about one row."""

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
