"""People with an account, and the groups that carry their roles.

A resident never needs an account. Volunteers have one; their rights are groups,
one group per role and neighbourhood (decision 6).
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import Role


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Create a user; ``password=None`` makes an account that logs in by code only."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    is_staff = models.BooleanField(_("installation team"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_nocase")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        """Make what a form filled in fit: allauth looks for small letters."""
        super().clean()
        self.email = User.objects.normalize_email(self.email).lower()
        if not self.password:
            self.set_unusable_password()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


class SiteRole(models.Model):
    """The group that carries one role in one neighbourhood."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="site_role")

    class Meta:
        verbose_name = _("role in a neighbourhood")
        verbose_name_plural = _("roles in a neighbourhood")
        constraints = [
            models.UniqueConstraint(fields=["site", "role"], name="site_role_one_group_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.site}: {self.get_role_display()}"
