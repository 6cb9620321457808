"""What one neighbourhood decides for itself."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from ..maps import bounds_of, validate_map_lines


@register_setting(icon="home", order=10)
class NeighbourhoodSettings(BaseSiteSetting):
    """Name, mail sender, retention and map of one site."""

    name = models.CharField(_("name of the site"), max_length=60, default="Boloboost")
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    contact_email = models.EmailField(
        _("contact address"),
        default="hallo@boloboost.example",
        help_text=_("Shown on every page. Mails about events are sent from here."),
    )
    guest_retention_days = models.PositiveSmallIntegerField(
        _("keep guests' names after an event (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    map_south = models.FloatField(_("southern edge (degrees)"), null=True, blank=True)
    map_west = models.FloatField(_("western edge (degrees)"), null=True, blank=True)
    map_north = models.FloatField(_("northern edge (degrees)"), null=True, blank=True)
    map_east = models.FloatField(_("eastern edge (degrees)"), null=True, blank=True)
    map_lines = models.JSONField(
        _("lines on the map"),
        default=list,
        blank=True,
        validators=[validate_map_lines],
        help_text=_(
            "A list of streets, parks and water. Each has a name, a kind (road, street, park,"
            " water, rail) and points as [latitude, longitude]."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("neighbourhood"), FieldPanel("contact_email")],
            heading=_("Who we are"),
        ),
        FieldPanel("guest_retention_days"),
        MultiFieldPanel(
            [
                FieldPanel("map_south"),
                FieldPanel("map_west"),
                FieldPanel("map_north"),
                FieldPanel("map_east"),
                FieldPanel("map_lines"),
            ],
            heading=_("Map drawing"),
        ),
    ]

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")

    def clean(self) -> None:
        super().clean()
        bounds_of(self.map_south, self.map_west, self.map_north, self.map_east)
