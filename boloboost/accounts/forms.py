"""allauth's forms in our words, and so that no answer tells who has an account.

A known and an unknown address cost the same work (ASVS 5.0.0, 6.3.8): neither the
answer nor how long it took gives anything away.
"""

from typing import Any

from allauth.account import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .adapter import AccountAdapter


class PasswordHelpMixin(Form):
    """Says in one line what Django's validators want."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least %(number)d characters. Make a short sentence of your own: spaces are fine."
        ) % {"number": settings.PASSWORD_MIN_LENGTH}


class SignupForm(PasswordHelpMixin, forms.SignupForm):
    """Hashes the password for a taken address too; that is most of the time it takes."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ChangePasswordForm(PasswordHelpMixin, forms.ChangePasswordForm):
    pass


class SetPasswordForm(PasswordHelpMixin, forms.SetPasswordForm):
    pass


class ResetPasswordKeyForm(PasswordHelpMixin, forms.ResetPasswordKeyForm):
    pass


class RequestLoginCodeForm(forms.RequestLoginCodeForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        if email and self._user is None:
            AccountAdapter().pretend_to_send_mail("account/email/login_code")
        return email


class ResetPasswordForm(forms.ResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if not self.users:
            AccountAdapter().pretend_to_send_mail("account/email/password_reset_key")
        return str(super().save(request, **kwargs))
