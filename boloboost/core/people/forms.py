"""Forms of the screens about people."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from boloboost.accounts.enums import Role

from .rights import site_name


class SiteChoiceField(forms.ModelChoiceField):
    """A neighbourhood out of one's own; not shown when there is only one."""

    def label_from_instance(self, obj: Any) -> str:
        return site_name(obj)


class RoleForm(forms.Form):
    """Which role, in which neighbourhood."""

    site = SiteChoiceField(queryset=Site.objects.none(), label=_("Neighbourhood"))
    role = forms.ChoiceField(choices=Role.choices, initial=Role.LEAD, label=_("Role"))

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(SiteChoiceField, self.fields["site"])
        field.queryset = sites
        only = sites[:2]
        if len(only) == 1:
            field.initial = only[0]
            field.widget = forms.HiddenInput()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """Who is asked to help."""

    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("This person gets a mail and logs in with a code. No password is needed."),
    )
    field_order = ("email", "site", "role")


class SiteForm(forms.Form):
    """In which of one's own neighbourhoods."""

    site = SiteChoiceField(queryset=Site.objects.none())

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(SiteChoiceField, self.fields["site"])
        field.queryset = sites
