"""Forms of the admin for what belongs to one neighbourhood."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import SlugInput
from wagtail.coreutils import string_to_ascii
from wagtail.models import Site

from boloboost.accounts.policies import SiteRolePolicy

from .coordinates import CoordinateError, CoordinateProblem, format_position, parse_position
from .map_drawings import MapDrawing, drawing_of_site
from .protection import is_protected
from .widgets import PositionInput

POSITION_MAX_LENGTH = 2000


class SiteModelForm(WagtailAdminModelForm):
    """Settles which neighbourhood the row belongs to.

    An existing row stays where it is. A new one is of the only neighbourhood in which
    the person may add, or of the one they choose among those.
    """

    permission_policy: ClassVar[SiteRolePolicy]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "site" in self.fields:
            self._settle_site()

    def _settle_site(self) -> None:
        if self.instance.pk:
            del self.fields["site"]
            return
        sites = self.permission_policy.sites_user_has_any_permission_for(self.for_user, ["add"])
        first_two = list(sites[:2])
        if len(first_two) == 1:
            self.instance.site = first_two[0]
            del self.fields["site"]
        else:
            self.fields["site"].queryset = sites

    def _get_validation_exclusions(self) -> set[str]:
        # Constraints that name the site hold for a preset site too.
        return super()._get_validation_exclusions() - {"site"}


class SluggedSiteForm(SiteModelForm):
    """A row with a word in addresses: made from the name, kept once something uses it."""

    slug_is_fixed_message: Any = _(
        "This word is in addresses that people already use. It cannot change any more."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].widget = SlugInput({"data-w-slug-allow-unicode-value": "false"})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("slug") and "slug" not in self.errors and "name" not in self.errors:
            cleaned["slug"] = self.instance.slug or self._free_slug(cleaned)
        return cleaned

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        before = self.instance.slug
        if slug and before and slug != before and is_protected(self.instance):
            raise forms.ValidationError(self.slug_is_fixed_message, code="fixed")
        return slug

    def _free_slug(self, cleaned: dict[str, Any]) -> str:
        """Make a word from the name that no other row of the neighbourhood has."""
        model = self._meta.model
        room = model._meta.get_field("slug").max_length - len("-999")
        stem = slugify(string_to_ascii(cleaned["name"]))[:room].strip("-")
        if not stem:
            self.add_error("slug", _("Give a word of letters and figures."))
            return ""
        site = cleaned.get("site") or getattr(self.instance, "site", None)
        rows = model._default_manager.filter(site=site, slug__startswith=stem)
        taken = set(rows.values_list("slug", flat=True))
        words = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
        return next((word for word in words if word not in taken), "")


POSITION_MESSAGES = {
    CoordinateProblem.UNREADABLE: _(
        "We cannot read this position. Paste two numbers like 52.3787, 4.8512, or a link from"
        " OpenStreetMap or Google Maps."
    ),
    CoordinateProblem.SHORT_LINK: _(
        "This short link does not hold the position itself. Open it, and copy the long link of"
        " the page you get."
    ),
    CoordinateProblem.OUT_OF_RANGE: _(
        "This position is not on earth. The first number goes from -90 to 90, the second from"
        " -180 to 180."
    ),
    CoordinateProblem.OTHER_SYSTEM: _(
        "This position is in another system of numbers. Paste it as latitude and longitude."
    ),
}


class PositionField(forms.CharField):
    """A position as people copy it; the value is (latitude, longitude) or None."""

    widget = PositionInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=POSITION_MAX_LENGTH, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_position(text)
        except CoordinateError as error:
            raise forms.ValidationError(
                POSITION_MESSAGES[error.problem], code=error.problem
            ) from error


class PlaceForm(SluggedSiteForm):
    """A place, with one field for its position instead of two numbers."""

    position = PositionField(
        label=_("Position on the map"),
        required=False,
        help_text=_(
            "Click on the map, or paste a position: 52.3787, 4.8512, or a link from OpenStreetMap"
            " or Google Maps."
        ),
    )

    slug_is_fixed_message = _(
        "An event uses this place. People follow its calendar, so this word cannot change any more."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.instance
        if place.latitude is not None and place.longitude is not None:
            self.initial["position"] = format_position(place.latitude, place.longitude)
        self.fields["position"].widget.drawing = self._drawing()

    def _drawing(self) -> MapDrawing | None:
        site_id = self.instance.site_id
        if site_id is None and self.is_bound:
            site_id = self._chosen_site_id()
        if site_id is None:
            return None
        return drawing_of_site(
            site_id, latitude=self.instance.latitude, longitude=self.instance.longitude
        )

    def _chosen_site_id(self) -> int | None:
        try:
            site: Site = self.fields["site"].clean(self.data.get(self.add_prefix("site")))
        except forms.ValidationError:
            return None
        return site.pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "position" in cleaned:
            latitude, longitude = cleaned["position"] or (None, None)
            self.instance.latitude, self.instance.longitude = latitude, longitude
        return cleaned
