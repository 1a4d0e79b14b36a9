"""Writers of people and of the accounts they sign in with."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from qingli.archive.actions import deed, erase_payload
from qingli.archive.queries import history
from qingli.archive.rules import Act, Done
from qingli.ground.actions import load
from qingli.ground.models import Account, Person, Post, Seat
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import Language
from qingli.ground.rules.permissions import require
from qingli.ground.rules.terms import day_of
from qingli.ground.rules.words import clean_phone, clean_text, clean_username
from qingli.lib.ids import derived

NAME_LENGTH = 40


def write_person(
    *,
    unit_id: UUID,
    name: str,
    phone: str,
    language: Language | None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The row of a new person, for deeds that have already asked whether it may be. The journal never has the phone."""
    unit = load.unit(unit_id)
    person = Person.objects.create(
        unit=unit,
        name=clean_text(name, NAME_LENGTH, "name"),
        phone=clean_phone(phone),
        language=language or Language(unit.script),
    )
    return Act("person", person.id, unit.path, {"name": person.name, "language": str(person.language)})


@deed("person.added")
def add_person(
    *,
    unit_id: UUID,
    name: str,
    phone: str = "",
    language: Language | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Somebody who works in a unit; by default addressed in the unit's script.

    Raises `not-allowed`, `text-…`, `phone-malformed`.
    """
    require(by, "person.write", load.unit(unit_id).path)
    return write_person(
        unit_id=unit_id,
        name=name,
        phone=phone,
        language=language,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=key,
    )


@deed("person.changed")
def change_person(
    *,
    person_id: UUID,
    name: str,
    phone: str,
    language: Language,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A person's particulars as they now are. Everybody may change their own."""
    person = load.person(person_id)
    if by.person_id != person.id:
        require(by, "person.write", person.unit.path)
    before = {"name": person.name, "language": person.language}
    phone_before = person.phone
    person.name = clean_text(name, NAME_LENGTH, "name")
    person.phone = clean_phone(phone)
    person.language = language
    person.save(update_fields=["name", "phone", "language"])
    now = {"name": person.name, "language": str(language), "phone_changed": person.phone != phone_before}
    return Act("person", person.id, person.unit.path, {**now, "before": before})


@deed("person.erased")
def erase_person(*, person_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Take away everything that names a person, here and in the journal; what they did stays, without a name.

    Their posts must have ended before: `person-still-in-office`. Their account ends for good.
    """
    person = load.person(person_id)
    require(by, "person.write", person.unit.path)
    today = day_of(happened_at, person.unit.time_zone)
    posts = Post.objects.filter(person=person)
    if posts.filter(ends_on=None).exists() or posts.filter(ends_on__gt=today).exists():
        raise GroundError("person-still-in-office", "person")
    person.name = person.phone = ""
    person.erased_at = happened_at
    person.save(update_fields=["name", "phone", "erased_at"])
    Seat.objects.filter(person=person).update(words="")
    Account.objects.filter(person=person).update(
        username=f"erased-{person.id.hex}", password=make_password(None), is_active=False
    )
    # Only a person's own entries name them; the others have their id.
    for entry in history("person", person.id):
        if entry.body is not None:
            erase_payload(
                entry_id=entry.id,
                reason="person-erased",
                by=by,
                happened_at=happened_at,
                recorded_at=recorded_at,
                key=derived(key, f"payload {entry.id}"),
            )
    return Act("person", person.id, person.unit.path, {})


class _Envelope(TypedDict):
    by: Asker
    happened_at: datetime
    recorded_at: datetime
    key: UUID


def open_account(
    *,
    person_id: UUID,
    username: str,
    password: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Done:
    """A way for a person to sign in.

    Raises `not-allowed`, `username-malformed`, `username-taken`, `account-already-open`, `password-weak` (its cause is
    Django's `ValidationError`, with sentences).
    """
    secret = hashed(password, username)
    envelope: _Envelope = {"by": by, "happened_at": happened_at, "recorded_at": recorded_at, "key": key}
    return _open_account(person_id=person_id, username=username, secret=secret, **envelope)


def change_password(
    *, account_id: UUID, password: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Done:
    """One's own password, or one that somebody with `account.write` gives. Raises `not-allowed`, `password-weak`."""
    secret = hashed(password, "")
    envelope: _Envelope = {"by": by, "happened_at": happened_at, "recorded_at": recorded_at, "key": key}
    return _change_password(account_id=account_id, secret=secret, **envelope)


@deed("account.ended")
def end_account(*, account_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Nobody signs in with it any more, from this moment on. One may end one's own."""
    account = load.account(account_id)
    if by.person_id != account.person_id:
        require(by, "account.write", account.person.unit.path)
    account.is_active = False
    account.save(update_fields=["is_active"])
    return Act("account", account.id, account.person.unit.path, {"person": str(account.person_id)})


def forget_failed_sign_ins(*, before: datetime) -> None:
    """Who mistyped a password, and from where, is needed for as long as it locks the door, and no longer."""
    AccessAttempt.objects.filter(attempt_time__lt=before).delete()


def hashed(password: str, username: str) -> str:
    """A password checked and hashed. Slow on purpose, so it is done before the transaction. Raises `password-weak`."""
    try:
        validate_password(password, user=Account(username=username))
    except ValidationError as error:
        raise GroundError("password-weak", "password") from error
    return make_password(password)


def write_account(
    *,
    person_id: UUID,
    username: str,
    secret: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The row of a new account, for deeds that have already asked. The journal has neither user name nor password."""
    person = load.person(person_id)
    username = clean_username(username)
    if Account.objects.filter(username=username).exists():
        raise GroundError("username-taken", "username")
    if Account.objects.filter(person=person).exists():
        raise GroundError("account-already-open", "person")
    account = Account.objects.create(person=person, username=username, password=secret)
    return Act("account", account.id, person.unit.path, {"person": str(person.id)})


@deed("account.opened")
def _open_account(
    *,
    person_id: UUID,
    username: str,
    secret: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    require(by, "account.write", load.person(person_id).unit.path)
    return write_account(
        person_id=person_id,
        username=username,
        secret=secret,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=key,
    )


@deed("account.password-changed")
def _change_password(
    *, account_id: UUID, secret: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    account = load.account(account_id)
    if by.person_id != account.person_id:
        require(by, "account.write", account.person.unit.path)
    account.password = secret
    account.save(update_fields=["password"])
    return Act("account", account.id, account.person.unit.path, {"person": str(account.person_id)})
