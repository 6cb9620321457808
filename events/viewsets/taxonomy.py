"""The kinds of events of a neighbourhood."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column

from boloboost.accounts.enums import ADMIN_ROLES, PUBLISHING_ROLES
from boloboost.core.forms import SluggedSiteForm
from boloboost.core.viewsets import SiteModelViewSet

from ..models import Category


class CategoryForm(SluggedSiteForm):
    slug_is_fixed_message = _(
        "Events are of this kind. People follow its calendar, so this word cannot change any more."
    )


class CategoryViewSet(SiteModelViewSet):
    model = Category
    icon = "tag"
    role_table: ClassVar = {
        "view": ADMIN_ROLES,
        "add": PUBLISHING_ROLES,
        "change": PUBLISHING_ROLES,
        "delete": PUBLISHING_ROLES,
    }
    base_form_class = CategoryForm
    protected_message = _(
        "Events are of this kind, so it cannot be deleted. Give those events another kind first."
    )
    panels: ClassVar = [
        FieldPanel("site"),
        TitleFieldPanel("name", classname="", placeholder=False),
        FieldPanel("icon"),
        FieldPanel("order"),
        InlinePanel("names", heading=_("In other languages"), label=_("Name")),
        FieldPanel("slug"),
    ]
    list_display: ClassVar = [
        "name",
        Column("icon", label=_("Icon and colour"), accessor="get_icon_display"),
        "order",
    ]
    list_filter = ("icon",)
    search_fields = ("name",)
