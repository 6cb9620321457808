"""Role names and the groups of roles that policies are written in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    RESIDENT = "resident", _("Resident")
    LEAD = "lead", _("Project lead")
    EDITOR = "editor", _("Editor")
    CURATOR = "curator", _("Curator")
    KEY_HOLDER = "key_holder", _("Key holder")


#: Roles that may open the admin, and so need a second factor.
ADMIN_ROLES = frozenset({Role.LEAD, Role.EDITOR, Role.CURATOR, Role.KEY_HOLDER})
#: Roles that may publish pages.
PUBLISHING_ROLES = frozenset({Role.EDITOR, Role.KEY_HOLDER})
#: Roles that may write events.
EVENT_ROLES = frozenset({Role.LEAD, Role.EDITOR, Role.KEY_HOLDER})
