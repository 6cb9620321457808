"""The menu item "People" and its addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .policies import sites_to_manage
from .views import InviteView, PeopleIndexView, PersonView, RemoveRoleView, ResetFactorView


class KeyHolderMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sites_to_manage(request.user).exists()


class PeopleViewSet(ViewSet):
    """Who helps here: give and take roles, invite, take a lost second factor away."""

    name = "people"
    icon = "group"
    menu_label = _("People")
    menu_name = "people"
    menu_order = 700
    menu_item_class = KeyHolderMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PeopleIndexView.as_view(), name="index"),
            path("results/", PeopleIndexView.as_view(results_only=True), name="index_results"),
            path("invite/", InviteView.as_view(), name="invite"),
            path("<int:pk>/", PersonView.as_view(), name="person"),
            path("<int:pk>/remove-role/", RemoveRoleView.as_view(), name="remove_role"),
            path("<int:pk>/reset-factor/", ResetFactorView.as_view(), name="reset_factor"),
        ]
