"""What every page of the site has in common."""

from typing import TYPE_CHECKING

from wagtail.models import Page

from ..publishing import FirstPublicationTester

if TYPE_CHECKING:
    from boloboost.accounts.roles import AnyUser


class BasePage(Page):
    """A page whose first publication needs a second person."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: "AnyUser") -> FirstPublicationTester:
        return FirstPublicationTester(user, self)
