"""Territory, sites, people, accounts, parties, posts, cover and groups.

Days (`starts_on`, `ends_on`) are days of the unit's own time zone. A span is half-open: `ends_on` is the first day on
which it holds no more; without one it is open.
"""

from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import GroupKind, Language, PartyKind, Role, Script, SeatKind, SiteType, UnitKind
from qingli.ground.rules.words import clean_username
from qingli.lib.ids import new_id


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


def _one_of(field: str, values: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [value.value for value in values]}))


def _span(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))


class Unit(models.Model):
    """轄區單位: one piece of territory in a tree.

    `path` is the codes from the root down, "/city/street/community/"; a whole subtree is one range of it
    (`rules.paths.subtree`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=20, choices=_choices(UnitKind))
    name = models.CharField(max_length=60)
    code = models.CharField(max_length=24)
    path = models.CharField(max_length=200)
    depth = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40)
    script = models.CharField(max_length=8, choices=_choices(Script))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("path",), name="unit_path_once"),
            models.UniqueConstraint(fields=("parent", "code"), name="unit_code_once_among_siblings"),
            models.CheckConstraint(
                name="unit_root_has_depth_0",
                condition=Q(parent__isnull=True, depth=0) | Q(parent__isnull=False, depth__gt=0),
            ),
            models.CheckConstraint(name="unit_name_not_blank", condition=~Q(name="")),
            models.CheckConstraint(name="unit_path_slashes", condition=Q(path__startswith="/", path__endswith="/")),
            _one_of("kind", UnitKind, "unit_kind_known"),
            _one_of("script", Script, "unit_script_known"),
        )

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """相關方: somebody outside who has duties in a unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=20, choices=_choices(PartyKind))
    name = models.CharField(max_length=80)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "name"), name="party_name_once_in_unit"),
            models.CheckConstraint(name="party_name_not_blank", condition=~Q(name="")),
            _one_of("kind", PartyKind, "party_kind_known"),
        )

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """點位: something in a unit that needs care. A household is named by its code, never by its people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sites")
    type = models.CharField(max_length=20, choices=_choices(SiteType))
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(null=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="sites")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "type", "name", "place"), condition=Q(active=True), name="site_once_while_active"
            ),
            models.CheckConstraint(name="site_name_not_blank", condition=~Q(name="")),
            _one_of("type", SiteType, "site_type_known"),
        )
        indexes = (models.Index(fields=("unit", "name", "id"), name="site_page"),)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works in a unit. Of an erased person only the row is left, for the journal's sake."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, choices=_choices(Language))
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="person_named_or_erased",
                condition=(Q(erased_at__isnull=True) & ~Q(name="")) | Q(erased_at__isnull=False, name="", phone=""),
            ),
            _one_of("language", Language, "person_language_known"),
        )
        indexes = (models.Index(fields=("unit", "name", "id"), name="person_page"),)

    def __str__(self) -> str:
        return str(self.id)


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its user name, however it was typed: a telephone's keyboard begins with a capital."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        try:
            return self.get(username=clean_username(username or ""))
        except GroundError:
            raise Account.DoesNotExist from None


class Account(AbstractBaseUser):
    """How a person signs in. What they may do comes from their posts, never from here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    last_login = None  # nobody's comings and goings are kept

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["person"]


class Post(models.Model):
    """崗位: a person's role in a unit for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=_choices(Role))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="posts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "unit", "role"), condition=Q(ends_on__isnull=True), name="post_open_once"
            ),
            models.UniqueConstraint(fields=("person", "unit", "role", "starts_on"), name="post_start_once"),
            models.CheckConstraint(
                name="post_party_staff_has_party",
                condition=Q(role=Role.PARTY_STAFF.value, party__isnull=False)
                | (~Q(role=Role.PARTY_STAFF.value) & Q(party__isnull=True)),
            ),
            _span("post_span"),
            _one_of("role", Role, "post_role_known"),
        )
        indexes = (models.Index(fields=("unit", "role", "starts_on"), name="post_holders"),)

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class Cover(models.Model):
    """A/B 角: while it holds, `by` does what `post` does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post",), condition=Q(ends_on__isnull=True), name="cover_open_once"),
            models.UniqueConstraint(fields=("post", "starts_on"), name="cover_start_once"),
            models.CheckConstraint(name="cover_by_another", condition=~Q(post=F("by"))),
            _span("cover_span"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Group(models.Model):
    """A leading group, or another standing group of people, of a unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=20, choices=_choices(GroupKind))
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "name"), name="group_name_once_in_unit"),
            models.CheckConstraint(name="group_name_not_blank", condition=~Q(name="")),
            _one_of("kind", GroupKind, "group_kind_known"),
        )

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody in a group: a person known here, a party, or only the words of the paper that names them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=20, choices=_choices(SeatKind))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="seats")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="seats")
    words = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "position"), name="seat_position_once"),
            models.CheckConstraint(
                name="seat_person_party_or_words",
                condition=Q(person__isnull=False, party__isnull=True)
                | Q(person__isnull=True, party__isnull=False)
                | (Q(person__isnull=True, party__isnull=True) & ~Q(words="")),
            ),
            _one_of("kind", SeatKind, "seat_kind_known"),
        )

    def __str__(self) -> str:
        return str(self.id)
