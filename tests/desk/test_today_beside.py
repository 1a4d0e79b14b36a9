"""Today names what waits for somebody beside tasks: applications, awards, replies."""

from datetime import date

import pytest

from tests.desk.conftest import SignIn
from tests.desk.test_title_pages import SetDay, city, on, text
from tests.title.city import City

__all__ = ["city", "on"]


def today(sign_in: SignIn, city: City, short: str, unit: str) -> str:
    return text(sign_in(short), f"/w/{city.unit(unit)}/today/")


def test_each_office_is_told_of_the_applications_that_wait_for_it(city: City, sign_in: SignIn, on: SetDay) -> None:
    city.until("submitted")
    on(date(2026, 3, 21))
    assert "One application waits for you" in today(sign_in, city, "street", "hl")
    assert "waits for you" not in today(sign_in, city, "district", "nan")
    assert "waits for you" not in today(sign_in, city, "other-street", "bq")


def test_the_city_is_told_of_objections_and_its_finance_of_awards(city: City, sign_in: SignIn, on: SetDay) -> None:
    application = city.until("recommended")
    notice = city.post(application)
    city.object(notice, application)
    on(date(2026, 6, 4))
    page = today(sign_in, city, "city", "qj")
    assert "One reply waits for an answer" in page
    assert "award" not in today(sign_in, city, "finance", "qj")


@pytest.mark.parametrize("short", ["finance", "city"])
def test_an_award_is_shown_to_whoever_pays_it(city: City, sign_in: SignIn, on: SetDay, short: str) -> None:
    city.until("named")
    on(date(2026, 6, 10))
    page = today(sign_in, city, short, "qj")
    assert ("2 awards are to be paid" in page) is (short == "finance")
