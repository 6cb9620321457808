"""Many pages below one parent at once.

Wagtail and treebeard add pages one at a time, and Django's ``bulk_create`` refuses
models that inherit a table. Here the step below ``bulk_create`` inserts the rows of the
tree first and those of ``EventPage`` after them.
"""

from collections.abc import Sequence

from wagtail.models import Page

from events.models import EventPage

BASE_FIELDS = [field for field in Page._meta.concrete_fields if not field.primary_key]
OWN_FIELDS = EventPage._meta.local_concrete_fields


def add_children(*, parent: Page, pages: Sequence[EventPage]) -> None:
    """Add new event pages as the last children of ``parent``, in their order.

    Sends no signals and makes no revisions. Runs in the caller's transaction and holds
    the parent, so that nobody else takes the same places in the tree.
    """
    if not pages:
        return
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    last = locked.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for number, page in enumerate(pages, start=step + 1):
        page.depth = locked.depth + 1
        page.path = Page._get_path(locked.path, page.depth, number)
        page.url_path = f"{locked.url_path}{page.slug}/"
        page.draft_title = page.title
    _insert(pages)
    Page.objects.filter(pk=locked.pk).update(numchild=locked.numchild + len(pages))


def _insert(pages: Sequence[EventPage]) -> None:
    rows = Page._base_manager.all()._batched_insert(pages, BASE_FIELDS, batch_size=None)
    for page, row in zip(pages, rows, strict=True):
        page.pk = row[0]
    EventPage._base_manager.all()._batched_insert(pages, OWN_FIELDS, batch_size=None)
