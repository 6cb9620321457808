"""allauth's forms, so that a known and an unknown address cost the same work.

ASVS 5.0.0, 6.3.8: nobody learns from the answer, or from how long it took, who has
an account here.
"""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm as BaseRequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from .adapter import AccountAdapter


class SignupForm(BaseSignupForm):
    """Hashes the password for a taken address too; that is most of the time it takes."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)  # type: ignore[no-any-return]


class RequestLoginCodeForm(BaseRequestLoginCodeForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        if email and self._user is None:
            AccountAdapter().pretend_to_send_mail("account/email/login_code")
        return email


class ResetPasswordForm(BaseResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if not self.users:
            AccountAdapter().pretend_to_send_mail("account/email/password_reset_key")
        return str(super().save(request, **kwargs))
