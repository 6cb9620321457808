"""What each role may do in Wagtail, inside one neighbourhood (decision 6).

Wagtail asks groups. Every right here hangs on a page tree, a collection or a site of
this neighbourhood; the few global ones open nothing by themselves.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from boloboost.accounts.enums import ADMIN_ROLES, EVENT_ROLES, PUBLISHING_ROLES, Role

from ..models.workflow import SecondPersonApprovalTask

Groups = Mapping[Role, Group]

ENTER_ADMIN = "wagtailadmin.access_admin"
#: Global in Wagtail, but its view asks for the right to edit that very page.
TRANSLATE = "simple_translation.submit_translation"
WRITE_PAGES = ("add_page",)
PUBLISH_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
ADD_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)
CHANGE_FILES = (*ADD_FILES, "wagtailimages.change_image", "wagtaildocs.change_document")


def apply_rights(*, site: Site, groups: Groups) -> None:
    """Give the groups of one neighbourhood exactly their rights; running it again is fine."""
    roots = list(Page.objects.filter(translation_key=site.root_page.translation_key))
    collection = _collection_of(site, groups)
    for role, group in groups.items():
        group.permissions.set(_permission_ids(_global_rights(role)))
        _replace(GroupPagePermission, group, "page", roots, _page_rights(role))
        _replace(GroupCollectionPermission, group, "collection", [collection], _file_rights(role))
        _replace(GroupSitePermission, group, "site", [site], _setting_rights(role))
    _apply_workflow(site, groups, roots)


def site_name(site: Site) -> str:
    """Return the name by which people know this neighbourhood."""
    return site.site_name or site.hostname


def _global_rights(role: Role) -> list[str]:
    rights = [ENTER_ADMIN] if role in ADMIN_ROLES else []
    return [*rights, TRANSLATE] if role in EVENT_ROLES else rights


def _page_rights(role: Role) -> list[str]:
    if role in PUBLISHING_ROLES:
        return [f"wagtailcore.{name}" for name in PUBLISH_PAGES]
    return [f"wagtailcore.{name}" for name in WRITE_PAGES] if role in EVENT_ROLES else []


def _file_rights(role: Role) -> list[str]:
    if role in PUBLISHING_ROLES:
        return list(CHANGE_FILES)
    return list(ADD_FILES) if role in EVENT_ROLES else []


def _setting_rights(role: Role) -> list[str]:
    if role != Role.KEY_HOLDER:
        return []
    return [
        f"{model._meta.app_label}.change_{model._meta.model_name}"
        for model in registry
        if issubclass(model, BaseSiteSetting)
    ]


def _permission_ids(names: Iterable[str]) -> set[int]:
    """Return the ids of permissions named ``app_label.codename``; each must exist."""
    wanted = set(names)
    if not wanted:
        return set()
    found = Permission.objects.filter(
        codename__in={name.split(".")[1] for name in wanted}
    ).values_list("content_type__app_label", "codename", "pk")
    ids = {f"{app}.{codename}": pk for app, codename, pk in found}
    return {ids[name] for name in wanted}


def _replace(
    model: type[Model], group: Group, field: str, targets: Iterable[Model], names: list[str]
) -> None:
    """Make the rows of ``model`` for this group equal to ``targets`` × ``names``."""
    permissions = _permission_ids(names)
    wanted = {(target.pk, permission) for target in targets for permission in permissions}
    rows: QuerySet[Any] = model._default_manager.filter(group=group)
    present = {
        (target, permission): pk
        for target, permission, pk in rows.values_list(f"{field}_id", "permission_id", "pk")
    }
    surplus = [pk for key, pk in present.items() if key not in wanted]
    if surplus:
        rows.filter(pk__in=surplus).delete()
    model._default_manager.bulk_create(
        model(**{"group": group, f"{field}_id": target, "permission_id": permission})
        for target, permission in sorted(wanted - present.keys())
    )


def _collection_of(site: Site, groups: Groups) -> Collection:
    """Return the collection of this neighbourhood's files, known by who may use it."""
    found = Collection.objects.filter(group_permissions__group__in=list(groups.values())).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=site_name(site))
    return found


def _apply_workflow(site: Site, groups: Groups, roots: list[Page]) -> None:
    approvers = [groups[role] for role in sorted(PUBLISHING_ROLES)]
    task = SecondPersonApprovalTask.objects.filter(groups__in=approvers, active=True).first()
    if task is None:
        with override(settings.LANGUAGE_CODE):
            name = _("%(site)s: a second person looks") % {"site": site_name(site)}
        task = SecondPersonApprovalTask.objects.create(name=name)
    task.groups.set(approvers)
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=task.name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for root in roots:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
