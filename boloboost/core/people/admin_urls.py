"""Wagtail's admin, closed at the edge of one's own neighbourhoods.

Wagtail asks for rights before it changes something. Before that it shows the title of any
page or picture to whoever may enter, and its reports name the people and pages of every
site. Include this module instead of ``wagtail.admin.urls``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import user_passes_test
from wagtail.admin.urls import reports
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail.utils.urlpatterns import decorate_urlpatterns

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Files:
    """A kind of file: its model, who sees which, and its words in Wagtail's addresses."""

    model: type[Model]
    policy: CollectionOwnershipPermissionPolicy
    namespaces: frozenset[str]
    word: str


FILES = (
    Files(
        get_image_model(),
        image_policy,
        frozenset({"wagtailimages", "wagtailimages_chooser"}),
        "images",
    ),
    Files(
        get_document_model(),
        document_policy,
        frozenset({"wagtaildocs", "wagtaildocs_chooser"}),
        "documents",
    ),
)
FILE_ACTIONS = ("add", "change", "delete", "choose")
#: Parts of the addresses of files that are an id.
FILE_ARGUMENTS = frozenset({"image_id", "document_id", "pk"})
#: Parts of Wagtail's addresses that are the id of a page.
PAGE_ARGUMENTS = frozenset(
    {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_to_copy_id"}
)


def own_rows_only(view: View) -> View:
    """Answer 404 when the address names a page or file that this person's lists do not show."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            for model, ids in _named(request, kwargs):
                if ids and _shown(request, model).filter(pk__in=ids).count() < len(ids):
                    raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _named(request: HttpRequest, kwargs: dict[str, Any]) -> Iterator[tuple[type[Model], set[str]]]:
    """Yield the models and ids that this address names."""
    match = cast(ResolverMatch, request.resolver_match)
    in_query = {value for value in request.GET.getlist("id") if value.isdecimal()}
    yield Page, _ids(kwargs, PAGE_ARGUMENTS)
    if match.url_name == "wagtailadmin_choose_page_chosen_multiple":
        yield Page, in_query
    if match.url_name == "wagtail_bulk_action":
        try:
            yield apps.get_model(kwargs["app_label"], kwargs["model_name"]), in_query
        except LookupError as error:
            raise Http404 from error
    for files in FILES:
        if not files.namespaces.isdisjoint(match.namespaces):
            yield files.model, _ids(kwargs, FILE_ARGUMENTS) | in_query
        if match.namespaces == ["wagtailadmin_api", files.word]:
            raise Http404  # The admin's own pages ask for pages only.


def _ids(kwargs: dict[str, Any], names: frozenset[str]) -> set[str]:
    values = {str(kwargs[name]) for name in names & kwargs.keys()}
    return {value for value in values if value.isdecimal()}


def _shown(request: HttpRequest, model: type[Model]) -> QuerySet[Any]:
    """Return the rows that this person's lists show."""
    if model is Page:
        return page_permission_policy.explorable_instances(request.user)
    for files in FILES:
        if model is files.model:
            return files.policy.instances_user_has_any_permission_for(request.user, FILE_ACTIONS)
    return model._default_manager.all()


decorate_urlpatterns(reports.urlpatterns, user_passes_test(lambda user: user.is_superuser))
urlpatterns = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, own_rows_only)
