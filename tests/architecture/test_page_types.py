"""The page tree has rules: every type says where it may stand and what may stand below it."""

import pytest
from wagtail.models import Page, get_page_models

from boloboost.core.models import BasePage

OURS = [model for model in get_page_models() if model.__module__.split(".")[0] != "wagtail"]


def test_there_are_page_types() -> None:
    assert OURS


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_page_type_says_where_it_may_stand(model: type[Page]) -> None:
    assert issubclass(model, BasePage)
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_parents_and_children_agree(model: type[Page]) -> None:
    for parent in model.clean_parent_page_models():
        if parent in OURS:
            assert model in parent.clean_subpage_models(), f"{parent} does not take {model}"
    for child in model.clean_subpage_models():
        assert model in child.clean_parent_page_models(), f"{child} may not stand in {model}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_page_type_can_be_made(model: type[Page]) -> None:
    assert model.clean_parent_page_models(), f"no page may hold a {model}"
