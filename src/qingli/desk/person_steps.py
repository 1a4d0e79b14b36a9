"""What can be done on a person's page: each step with its form, its deed and what it is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingli.archive.rules import Done
from qingli.desk import forms_people as forms
from qingli.ground import actions
from qingli.ground import queries as ground
from qingli.ground.queries import CoverView, PersonView, PostView
from qingli.ground.rules import Asker, GroundError, Language, Role, UnitKind, may
from qingli.ground.rules.permissions import require_grant
from qingli.web.asking import UnitView, local_day
from qingli.web.words import ROLES, word

Values = Mapping[str, Any]
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Step:
    """A deed about a person. `facts` makes its keywords out of the form's values and the id of what it is about."""

    deed: Callable[..., Done]
    facts: Callable[[Values, UUID], dict[str, Any]]
    said: str | Promise
    fields: Mapping[str, str] = field(default_factory=dict)


def _after(day: date | None) -> date | None:
    """The first day without it: people write the last day with it."""
    return day + timedelta(days=1) if day else None


_LAST = {"ends_on": "last"}
STEPS: Mapping[str, Step] = {
    "particulars": Step(
        actions.change_person,
        lambda v, about: {
            "person_id": about,
            "name": v["name"],
            "phone": v["phone"],
            "language": Language(v["language"]),
        },
        _("Changed."),
    ),
    "add-post": Step(
        actions.add_post,
        lambda v, about: {
            "person_id": about,
            "unit_id": v["unit"],
            "role": Role(v["role"]),
            "party_id": v.get("party"),
            "starts_on": v["starts_on"],
        },
        _("The post begins."),
    ),
    "end-post": Step(
        actions.end_post,
        lambda v, about: {"post_id": about, "ends_on": _after(v["last"])},
        _("The post's last day is set."),
        _LAST,
    ),
    "cover": Step(
        actions.set_cover,
        lambda v, about: {
            "post_id": about,
            "by_post_id": v["by"],
            "starts_on": v["first"],
            "ends_on": _after(v["last"]),
        },
        _("Somebody stands in. Their tasks appear under Today of both."),
        {"starts_on": "first", "ends_on": "last"},
    ),
    "end-cover": Step(
        actions.end_cover,
        lambda v, about: {"cover_id": about, "ends_on": _after(v["last"])},
        _("The standing-in ends."),
        _LAST | {"starts_on": "last"},
    ),
    "open-account": Step(
        actions.open_account,
        lambda v, about: {"person_id": about, "username": v["username"], "password": v["password"]},
        _("They can sign in now. Tell them the user name and the password; it is shown nowhere."),
    ),
    "password": Step(
        actions.change_password,
        lambda v, about: {"account_id": about, "password": v["password"]},
        _("The new password holds from now on."),
    ),
    "end-account": Step(
        actions.end_account, lambda _v, about: {"account_id": about}, _("Nobody signs in with this account any more.")
    ),
    "erase": Step(
        actions.erase_person,
        lambda _v, about: {"person_id": about},
        _("Erased. What was done stays in the books, without the name."),
    ),
}


def words_of(post: PostView) -> str:
    return word(ROLES, post.role.value)


def _around(who: Asker, unit: UnitView) -> UUID:
    """From a grid one looks at its community, where those who stand in are."""
    small = unit.kind in (UnitKind.GRID, UnitKind.NEIGHBOURHOOD)
    return unit.parent_id if small and unit.parent_id else unit.id


@dataclass(frozen=True)
class _Page:
    """What the page is made of, read once."""

    who: Asker
    unit: UnitView
    person: PersonView
    posts: tuple[PostView, ...]
    covers: tuple[CoverView, ...]
    units: tuple[UnitView, ...]
    phone: str
    day: date

    @property
    def own(self) -> list[PostView]:
        return [post for post in self.posts if post.person_id == self.person.id]

    @property
    def colleagues(self) -> list[PostView]:
        return [post for post in self.posts if post.person_id != self.person.id]

    def form(self, name: str, about: UUID, data: Any = None) -> django_forms.Form:
        """The form of a step; every form of the page has names of its own."""
        facts: dict[str, Any] = {"prefix": f"{name}-{about}", "data": data}
        if name == "particulars":
            known = {"name": self.person.name, "phone": self.phone, "language": self.person.language.value}
            return forms.ParticularsForm(initial=known, **facts)
        if name == "add-post":
            return forms.FurtherPostForm(who=self.who, units=self.units, initial={"starts_on": self.day}, **facts)
        if name == "cover":
            return forms.CoverForm(posts=self.colleagues, initial={"first": self.day}, **facts)
        if name in ("end-post", "end-cover"):
            return forms.LastDayForm(initial={"last": self.day}, **facts)
        if name == "open-account":
            return forms.AccountForm(**facts)
        return forms.PasswordForm(**facts) if name == "password" else django_forms.Form(**facts)

    def steps(self) -> Iterator[Key]:
        """What the one who asks may do here: the forms that the page shows."""
        person, who = self.person, self.who
        itself = who.person_id == person.id
        home = next((one.path for one in self.units if one.id == person.unit_id), self.unit.path)
        if itself or may(who, "person.write", home):
            yield "particulars", person.id
        if may(who, "post.write", self.unit.path):
            yield "add-post", person.id
        for post in self.own:
            given = _may_grant(who, post, self.units)
            if given:
                yield "end-post", post.id
            if given or itself:
                yield "cover", post.id
                yield from (("end-cover", cover.id) for cover in self.covers if cover.post_id == post.id)
        if person.account_id is None:
            if may(who, "account.write", home):
                yield "open-account", person.id
        elif itself or may(who, "account.write", home):
            yield "password", person.account_id
            yield "end-account", person.account_id
        if may(who, "person.write", home) and not itself:
            yield "erase", person.id


def _may_grant(who: Asker, post: PostView, units: tuple[UnitView, ...]) -> bool:
    path = next((unit.path for unit in units if unit.id == post.unit_id), None)
    if path is None:
        return False
    try:
        require_grant(who, post.role, path)
    except GroundError:
        return False
    return True


def person_page(who: Asker, unit: UnitView, person_id: UUID) -> dict[str, Any]:
    """Everything that a person's page shows. Raises Http404 where there is none, or it may not be seen."""
    person = ground.person(who, person_id)
    if person is None or person.erased:
        raise Http404
    around, day = _around(who, unit), local_day(unit)
    seen = may(who, "person.read", unit.path)
    page = _Page(
        who=who,
        unit=unit,
        person=person,
        posts=ground.posts(who, around, day=day) if seen else (),
        covers=ground.covers(who, around, day=day) if seen else (),
        units=ground.units_below(who, around).rows,
        phone=ground.phone(who, person_id) or "",
        day=day,
    )
    return {
        "person": person,
        "phone": page.phone,
        "day": day,
        "posts": [(post, [cover for cover in page.covers if cover.post_id == post.id]) for post in page.own],
        "covering": _covering(page),
        "forms": {key: page.form(*key) for key in page.steps()},
        "form_of": page.form,
        "itself": who.person_id == person_id,
        "may_export": ground.held_about(who, person_id) is not None,
    }


def _covering(page: _Page) -> list[tuple[CoverView, PostView]]:
    """The posts that this person does for somebody else, now or later."""
    by_id = {post.id: post for post in page.posts}
    return [
        (cover, by_id[cover.post_id])
        for cover in page.covers
        if cover.by_person_id == page.person.id and cover.post_id in by_id
    ]
