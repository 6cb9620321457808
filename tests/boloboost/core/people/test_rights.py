"""What Wagtail lets each role do, and that it ends at the neighbourhood."""

import pytest
from django.contrib.auth.models import Group
from wagtail.contrib.settings.registry import registry
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import (
    Collection,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
)

from boloboost.accounts.enums import Role
from boloboost.accounts.models import SiteRole
from boloboost.core.models import NeighbourhoodSettings, SecondPersonApprovalTask
from boloboost.core.people.services import ensure_site_roles
from home.models import HomePage
from tests.factories import Neighbourhood, make_neighbourhood, make_user

WRITERS = {Role.LEAD, Role.EDITOR, Role.KEY_HOLDER}
PUBLISHERS = {Role.EDITOR, Role.KEY_HOLDER}


def counts() -> dict[str, int]:
    models = (Group, SiteRole, GroupPagePermission, Collection, Workflow, WorkflowPage)
    found = {model.__name__: model._default_manager.count() for model in models}
    return {**found, "Task": SecondPersonApprovalTask.objects.count()}


def test_running_it_again_changes_nothing(neighbourhood: Neighbourhood) -> None:
    before = counts()
    first = ensure_site_roles(site=neighbourhood.site)
    assert ensure_site_roles(site=neighbourhood.site) == first
    assert counts() == before


def test_every_neighbourhood_has_its_five_groups(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    names = {}
    for place in (neighbourhood, other_neighbourhood):
        groups = ensure_site_roles(site=place.site)
        assert set(groups) == set(Role)
        for group in groups.values():
            assert group.name.startswith(f"{place.site.site_name}: ")
        names[place.site.pk] = {group.pk for group in groups.values()}
    assert names[neighbourhood.site.pk].isdisjoint(names[other_neighbourhood.site.pk])


def test_a_new_name_of_the_site_renames_its_groups(neighbourhood: Neighbourhood) -> None:
    site = neighbourhood.site
    site.site_name = "Bos en Lommer"
    site.save()
    names = SiteRole.objects.filter(site=site).values_list("group__name", flat=True)
    assert all(name.startswith("Bos en Lommer: ") for name in names)


def test_two_neighbourhoods_may_have_the_same_or_a_very_long_name(
    neighbourhood: Neighbourhood,
) -> None:
    twin = make_neighbourhood("tweeling.example", neighbourhood.site.site_name)
    assert len(ensure_site_roles(site=twin.site)) == 5
    twin.site.site_name = "x" * 255
    twin.site.save()
    assert len(ensure_site_roles(site=twin.site)) == 5


@pytest.mark.parametrize("role", list(Role))
def test_page_rights_end_at_the_neighbourhood(
    role: Role, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=role)
    for page in (neighbourhood.calendar, neighbourhood.calendar_en):
        rights = page.permissions_for_user(user)
        assert rights.can_add_subpage() is (role in WRITERS)
        assert rights.can_edit() is (role in PUBLISHERS)
        assert rights.can_lock() is (role in PUBLISHERS)
    for page in (other_neighbourhood.calendar, other_neighbourhood.calendar_en):
        rights = page.permissions_for_user(user)
        assert not rights.can_add_subpage()
        assert not rights.can_edit()
        assert not rights.can_publish()
        assert not rights.can_delete()


@pytest.mark.parametrize("role", list(Role))
def test_file_rights_end_at_the_neighbourhoods_collection(
    role: Role, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=role)
    own = Collection.objects.get(name=neighbourhood.site.site_name)
    for action in ("add", "choose"):
        allowed = image_policy.collections_user_has_permission_for(user, action)
        assert list(allowed) == ([own] if role in WRITERS else [])
    image = get_image_model()(collection=own, title="Luifel")
    assert image_policy.user_has_permission_for_instance(user, "change", image) is (
        role in PUBLISHERS
    )


@pytest.mark.parametrize("role", list(Role))
def test_settings_are_changed_by_key_holders_of_that_neighbourhood(
    role: Role, neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=role)
    assert NeighbourhoodSettings in registry
    for model in registry:
        allowed = model.get_permission_policy().sites_user_has_permission_for(user, "change")
        assert list(allowed) == ([neighbourhood.site] if role == Role.KEY_HOLDER else [])


@pytest.mark.parametrize("role", list(Role))
def test_who_enters_the_admin_and_who_translates(role: Role, neighbourhood: Neighbourhood) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=role)
    assert user.has_perm("wagtailadmin.access_admin") is (role != Role.RESIDENT)
    assert user.has_perm("simple_translation.submit_translation") is (role in WRITERS)
    assert not any("user" in name or "group" in name for name in user.get_all_permissions())


def test_pages_go_past_a_second_person_of_their_own_neighbourhood(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    for place in (neighbourhood, other_neighbourhood):
        groups = ensure_site_roles(site=place.site)
        for page in (place.calendar, place.calendar_en):
            (task,) = page.get_workflow().tasks.specific()
            assert isinstance(task, SecondPersonApprovalTask)
            assert set(task.groups.all()) == {groups[role] for role in PUBLISHERS}


def test_a_language_that_comes_later_gets_the_same_rights(neighbourhood: Neighbourhood) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.EDITOR)
    turkish = Locale.objects.create(language_code="tr")
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(
            title="BoLo",
            slug="bolo-tr",
            locale=turkish,
            translation_key=neighbourhood.home.translation_key,
        )
    )
    assert home.permissions_for_user(user).can_edit()
    assert home.get_workflow() == neighbourhood.home.get_workflow()


def test_another_root_page_moves_the_rights(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    user = make_user("ans@example.org", site=neighbourhood.site, role=Role.EDITOR)
    fresh = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Nieuw", slug="nieuw", locale=neighbourhood.home.locale)
    )
    site = Site.objects.get(pk=neighbourhood.site.pk)
    site.root_page = fresh
    site.save()
    assert fresh.permissions_for_user(user).can_edit()
    assert not neighbourhood.home.permissions_for_user(user).can_edit()


def test_a_right_given_by_hand_is_put_right_again(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    leads = ensure_site_roles(site=neighbourhood.site)[Role.LEAD]
    GroupPagePermission.objects.create(
        group=leads, page=other_neighbourhood.home, permission_type="publish"
    )
    ensure_site_roles(site=neighbourhood.site)
    assert not GroupPagePermission.objects.filter(
        group=leads, page=other_neighbourhood.home
    ).exists()
