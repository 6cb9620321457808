"""Forms for visitors; they need no account and no cookie (decision 9)."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from boloboost.core.public_forms import CleanCharField, CleanEmailField, PublicForm


class RegistrationForm(PublicForm):
    """I'm coming: a name, a mail address and with how many."""

    name = CleanCharField(
        label=_("What is your name?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[
            RegexValidator(
                r"://|www\.|@|/|\w\.\w\w",
                _("Only your name, please. No address of a site."),
                inverse_match=True,
            )
        ],
        error_messages={"required": _("Tell us your name. Your first name is enough.")},
    )
    email = CleanEmailField(
        label=_("What is your e-mail address?"),
        help_text=_("We only use it for this. After that we throw it away."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Tell us your e-mail address. We send your place to it."),
            "invalid": _("Something is missing in this address, like .nl"),
        },
    )
    party_size = forms.TypedChoiceField(
        label=_("With how many people do you come?"),
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose with how many you come.")},
    )

    def __init__(self, *args: Any, party_limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party_size"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(number, str(number)) for number in range(1, party_limit + 1)]
        field.error_messages["invalid_choice"] = ngettext(
            "You can bring at most %(limit)d person. Are you with more? Mail us.",
            "You can come with at most %(limit)d people. Are you with more? Mail us.",
            party_limit,
        ) % {"limit": party_limit}


class GuestPageForm(PublicForm):
    """The one button of a guest's own page."""
