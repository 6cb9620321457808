"""Screens for key holders: who helps here, with which role."""

from typing import Any, cast

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from boloboost.accounts.models import User

from .errors import LastKeyHolderError
from .forms import InviteForm, RoleForm, SiteForm
from .policies import may_give_role, may_reset_second_factor, sites_to_manage
from .rights import site_name
from .selectors import people_in, roles_here
from .services import give_role, invite_person, remove_role, reset_second_factor

INDEX = "people:index"
PERSON = "people:person"


class KeyHolderMixin:
    """Lets key holders in; everything else starts from their own neighbourhoods."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.sites.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def sites(self) -> QuerySet[Site]:
        return sites_to_manage(self.actor)

    @cached_property
    def shows_sites(self) -> bool:
        return len(self.sites[:2]) > 1

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)


class PeopleIndexView(KeyHolderMixin, generic.IndexView):
    model = get_user_model()
    page_title = gettext_lazy("People")
    header_icon = "group"
    index_url_name = INDEX
    index_results_url_name = "people:index_results"
    add_url_name = "people:invite"
    add_item_label = gettext_lazy("Ask somebody to help")
    default_ordering = "email"
    search_fields = ("first_name", "last_name", "email")
    paginate_by = 50

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "person",
                accessor=str,
                label=_("Who"),
                get_url=lambda person: reverse(PERSON, args=[person.pk]),
            ),
            Column("email", label=_("Mail address"), sort_key="email"),
            Column("roles", accessor=self._roles, label=_("Roles")),
            BooleanColumn("has_factor", label=_("Second step")),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def _roles(self, person: User) -> str:
        return ", ".join(map(str, roles_here(person, shows_site=self.shows_sites)))

    def get_base_queryset(self) -> QuerySet[User]:
        return people_in(self.sites)


class InviteView(KeyHolderMixin, WagtailAdminTemplateMixin, FormView[InviteForm]):
    form_class = InviteForm
    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Ask somebody to help")
    header_icon = "group"
    extra_context = {"submit_button_label": gettext_lazy("Send the mail")}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _breadcrumbs(self.breadcrumbs_items, self.get_page_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sites": self.sites}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            person = invite_person(
                email=data["email"],
                site=data["site"],
                role=data["role"],
                actor=self.actor,
                now=timezone.now(),
            )
        except PermissionDenied as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("%(person)s gets a mail.") % {"person": person.email})
        return HttpResponseRedirect(reverse(PERSON, args=[person.pk]))


class OnePersonMixin(KeyHolderMixin):
    """One person with a role in one's own neighbourhoods; anybody else is a 404."""

    kwargs: dict[str, Any]
    breadcrumbs_items: list[dict[str, Any]]
    header_icon = "user"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(people_in(self.sites), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _breadcrumbs(self.breadcrumbs_items, self.get_page_title())

    def back(self) -> HttpResponse:
        """Go to this person's screen, or to the list when no role here is left."""
        if people_in(self.sites).filter(pk=self.person.pk).exists():
            return HttpResponseRedirect(reverse(PERSON, args=[self.person.pk]))
        return HttpResponseRedirect(reverse(INDEX))


class PersonView(OnePersonMixin, WagtailAdminTemplateMixin, FormView[RoleForm]):
    """Somebody's roles here, and a form to give one more."""

    form_class = RoleForm
    template_name = "core/people/person.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sites": self.sites}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factor_sites = [
            site
            for site in self.sites
            if may_reset_second_factor(actor=self.actor, user=self.person, site=site)
        ]
        return super().get_context_data(
            person=self.person,
            roles=roles_here(self.person, shows_site=self.shows_sites),
            may_give=any(
                may_give_role(actor=self.actor, user=self.person, site=site) for site in self.sites
            ),
            may_reset=bool(factor_sites) and self.person.has_factor,  # type: ignore[attr-defined]
            **kwargs,
        )

    def form_valid(self, form: RoleForm) -> HttpResponse:
        site, role = form.cleaned_data["site"], form.cleaned_data["role"]
        names = {"person": self.person, "role": role.label, "site": site_name(site)}
        if give_role(user=self.person, site=site, role=role, actor=self.actor, now=timezone.now()):
            text = _("%(person)s is now %(role)s of %(site)s.")
            messages.success(self.request, text % names)
        else:
            text = _("%(person)s was %(role)s of %(site)s already.")
            messages.info(self.request, text % names)
        return self.back()


class RemoveRoleView(OnePersonMixin, TemplateView):
    """Takes one role away; there is no page of its own."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RoleForm(request.POST, sites=self.sites)
        if not form.is_valid():
            raise Http404
        site, role = form.cleaned_data["site"], form.cleaned_data["role"]
        names = {"person": self.person, "role": role.label, "site": site_name(site)}
        try:
            remove_role(
                user=self.person, site=site, role=role, actor=self.actor, now=timezone.now()
            )
        except LastKeyHolderError:
            text = _("%(person)s is the last key holder of %(site)s. First give the key to others.")
            messages.error(request, text % names)
        else:
            text = _("%(person)s is no longer %(role)s of %(site)s.")
            messages.success(request, text % names)
        return self.back()


class ResetFactorView(OnePersonMixin, WagtailAdminTemplateMixin, FormView[SiteForm]):
    """Explains what it means to take somebody's second factor away, and does it."""

    form_class = SiteForm
    template_name = "core/people/reset_factor.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.sites.exists() and not self.allowed_sites.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def allowed_sites(self) -> QuerySet[Site]:
        allowed = [
            site.pk
            for site in self.sites
            if may_reset_second_factor(actor=self.actor, user=self.person, site=site)
        ]
        return self.sites.filter(pk__in=allowed)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sites": self.allowed_sites}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=self.person, site=self.allowed_sites.first(), **kwargs
        )

    def form_valid(self, form: SiteForm) -> HttpResponse:
        reset_second_factor(
            user=self.person,
            site=form.cleaned_data["site"],
            actor=self.actor,
            now=timezone.now(),
        )
        messages.success(
            self.request,
            _("%(person)s logs in again and sets up a new second step.") % {"person": self.person},
        )
        return self.back()


def _breadcrumbs(base: list[dict[str, Any]], title: str) -> list[dict[str, Any]]:
    return [
        *base,
        {"url": reverse(INDEX), "label": PeopleIndexView.page_title},
        {"url": "", "label": title},
    ]
