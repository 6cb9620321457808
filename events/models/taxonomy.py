"""What kinds of events there are in a neighbourhood."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from ..enums import CategoryIcon


class Category(ClusterableModel):
    """A kind of event; its icon carries the colour."""

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="categories",
        verbose_name=_("neighbourhood"),
    )
    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(
        _("word in addresses"),
        max_length=40,
        help_text=_("Used in the address of this kind's calendar. It never changes once used."),
    )
    icon = models.CharField(_("icon and colour"), max_length=10, choices=CategoryIcon.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("site"),
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("icon"),
        FieldPanel("order"),
        InlinePanel("names", heading=_("In other languages"), label=_("Name")),
    ]

    class Meta:
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of events")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "slug"],
                name="category_slug_once_per_site",
                violation_error_message=_("There is a kind with this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the moment; reads ``names``, so prefetch them."""
        language = get_language() or settings.LANGUAGE_CODE
        translations = {row.language: row.name for row in self.names.all()}
        return translations.get(language, self.name)


class CategoryName(models.Model):
    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=[pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE],
    )
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "language"], name="category_name_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.name
