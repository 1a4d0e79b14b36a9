"""A visitor's browser, and invented plans."""

import pytest
from django.test import Client
from pytest_django import Settings

PLAN = """柳塘社區下半年環保工作計劃
一、重點工作
（一）每月開展一次大掃除，由環保專幹負責。
（二）定期清洗水箱。
二、具體措施
（一）11月底前完成社區14處水箱的清洗。
（二）於每年11月份前對樓道雜物進行摸底調查。
（三）在xx小區開展垃圾分類宣傳活動。
（四）9月31日前召開居民代表會議。
20xx年6月24日
"""


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Hashing is slow on purpose, and not what these tests look at."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def visitor() -> Client:
    """Somebody whose browser asks for English, so that a test reads what the page says."""
    return Client(HTTP_ACCEPT_LANGUAGE="en")
