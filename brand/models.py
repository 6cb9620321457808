"""How a neighbourhood presents itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="pick", order=20)
class BrandSettings(BaseSiteSetting):
    """The lines a neighbourhood is known by."""

    tagline = models.CharField(
        _("tagline"),
        max_length=60,
        blank=True,
        help_text=_("The big line on the home page. For example: Niks mis met BoLo."),
    )
    closing_line = models.CharField(
        _("closing line"),
        max_length=60,
        blank=True,
        help_text=_("Stands large at the bottom of every page."),
    )

    panels = [FieldPanel("tagline"), FieldPanel("closing_line")]

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
