"""The approval step of the moderation workflow."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page


class SecondPersonApprovalTask(AbstractGroupApprovalTask):
    """Approval by an editor of the neighbourhood who did not make the page."""

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        if obj.permissions_for_user(user).can_publish():
            return actions
        return [action for action in actions if action[0] != "approve"]

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody of the chosen groups who did not make the page approves it"))

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")
