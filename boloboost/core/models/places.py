"""Places of a neighbourhood."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Place(index.Indexed, models.Model):
    """Somewhere an event happens or a partner sits.

    Coordinates are WGS 84 degrees, pasted or clicked on the site's own map.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="places",
        verbose_name=_("neighbourhood"),
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("word in addresses"),
        max_length=80,
        help_text=_("Used in the address of this place's calendar. It never changes once used."),
    )
    street_address = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    directions = models.CharField(
        _("how to find it"),
        max_length=200,
        blank=True,
        help_text=_("One short sentence. For example: the door beside the bakery."),
    )
    step_free = models.BooleanField(_("no steps or thresholds"), default=False)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("site_id"),
    ]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "slug"],
                name="place_slug_once_per_site",
                violation_error_message=_("There is a place with this word already."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_coordinates_both_or_none",
                violation_error_message=_("Give both numbers of the position, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The postal address on one line; empty when nothing is known."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street_address, town) if part)

    @property
    def where(self) -> str:
        """Name and address on one line; a street that is its own name comes once."""
        if self.street_address.startswith(self.name):
            return self.address
        return ", ".join(part for part in (self.name, self.address) if part)
