"""First publication needs a second person.

Whoever made a page does not publish it the first time, unless nobody else in the
neighbourhood may publish; then it is logged. Later edits are not held up.
"""

from typing import TYPE_CHECKING

from wagtail.models import Page, PagePermissionTester, Site

from boloboost.accounts.enums import PUBLISHING_ROLES
from boloboost.accounts.roles import people_with_role

if TYPE_CHECKING:
    from boloboost.accounts.roles import AnyUser


def site_of_page(page: Page) -> Site | None:
    """Return the neighbourhood that a page, in any language, belongs to.

    Wagtail's ``get_site`` knows only the tree under the site's root page; the
    translations of that root are its siblings.
    """
    if page.depth is None or page.depth < 2:
        return None
    root_path = page.path[: Page.steplen * 2]
    direct = Site.objects.filter(root_page__path=root_path).order_by("-is_default_site").first()
    if direct is not None:
        return direct
    key = Page.objects.filter(path=root_path).values_list("translation_key", flat=True).first()
    return Site.objects.filter(root_page__translation_key=key).first() if key else None


def someone_else_may_publish(site: Site, user: "AnyUser") -> bool:
    """Tell whether this neighbourhood has another person who may publish."""
    return people_with_role(site.pk, PUBLISHING_ROLES).exclude(email=user.get_username()).exists()


def is_work_of_one(page: Page, user: "AnyUser") -> bool:
    """Tell whether this person made the page, or wrote every version of it."""
    if page.owner_id == user.pk:
        return True
    authors = set(page.revisions.exclude(user=None).values_list("user_id", flat=True))
    return authors == {user.pk}


class FirstPublicationTester(PagePermissionTester):
    """Wagtail's page rights, less the first publication of one's own page."""

    def _needs_second_person(self) -> bool:
        site = site_of_page(self.page)
        return site is not None and someone_else_may_publish(site, self.user)

    def can_publish(self) -> bool:
        if not super().can_publish():
            return False
        if self.page.first_published_at is not None or not is_work_of_one(self.page, self.user):
            return True
        return not self._needs_second_person()

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and not self._needs_second_person()
