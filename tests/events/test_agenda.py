"""The known parameters of /agenda/ and what they do (contract)."""

from datetime import date

import pytest
from django.http import QueryDict

from events.agenda import AgendaRequest, BadParameter

TODAY = date(2027, 9, 6)


def read(query: str) -> AgendaRequest:
    return AgendaRequest.from_query(QueryDict(query), today=TODAY)


def test_without_parameters_it_is_this_month() -> None:
    assert read("") == AgendaRequest(month=date(2027, 9, 1))


def test_unknown_parameters_are_ignored() -> None:
    assert read("utm_source=x&foo[]=1") == read("")


@pytest.mark.parametrize(
    "query",
    [
        "maand=2027-13",
        "maand=2027-00",
        "maand=0000-01",
        "maand=27-01",
        "maand=%D9%A2%D9%A0%D9%A2%D9%A7-01",
        "maand=2022-08",
        "maand=2029-10",
        "maand=9999-12",
        "maand=2027-09-01",
        "weergave=week",
        "soort=<svg>",
        "soort=../x",
        "plek=a%00b",
        "maand=" + "9" * 5000,
    ],
)
def test_a_bad_value_is_no_address(query: str) -> None:
    with pytest.raises(BadParameter):
        read(query)


@pytest.mark.parametrize("month", ["2022-09", "2029-09"])
def test_five_years_back_and_two_ahead_are_there(month: str) -> None:
    assert f"{read(f'maand={month}').month:%Y-%m}" == month


def test_addresses_can_be_shared() -> None:
    wanted = read("maand=2027-10&weergave=lijst&soort=eten&q=soep")
    assert read(wanted.address().removeprefix("?")) == wanted


def test_a_long_search_is_cut_not_refused() -> None:
    assert len(read("q=" + "x" * 10_000).query) == 100
