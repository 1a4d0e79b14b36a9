"""Sites, parties, and groups with their seats."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from qingli.archive.models import Entry
from qingli.archive.queries import history
from qingli.ground import actions, queries
from qingli.ground.models import Group, Party, Seat, Site
from qingli.ground.rules import Asker, GroundError, GroupKind, PartyKind, Role, SeatKind, SiteType
from tests.ground.world import TODAY, World, act


def code_of(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(GroundError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_site_is_added_changed_and_closed(world: World) -> None:
    clerk = world.asker("clerk")
    firm = actions.add_party(
        unit_id=world.units["xl"], kind=PartyKind.PROPERTY_FIRM, name="安居物業", **act(clerk)
    ).object_id
    site = actions.add_site(
        unit_id=world.units["xl1"], type=SiteType.BUILDING, name="8 幢", count=24, party_id=firm, **act(clerk)
    ).object_id
    actions.change_site(site_id=site, name="8 幢", place="東門內", count=26, party_id=firm, **act(world.asker("grid")))
    view = queries.site(clerk, site)
    assert view is not None
    assert (view.name, view.place, view.count, view.party_name, view.unit_name) == (
        "8 幢",
        "東門內",
        26,
        "安居物業",
        "第1網格",
    )
    actions.close_site(site_id=site, **act(clerk))
    assert queries.sites(clerk, world.units["xl"]).rows == ()
    assert len(queries.sites(clerk, world.units["xl"], closed=True).rows) == 1
    assert code_of(actions.close_site, site_id=site, **act(clerk)) == "site-closed"
    assert code_of(actions.change_site, site_id=site, name="9 幢", **act(clerk)) == "site-closed"
    assert [entry.kind for entry in history("site", site)] == ["site.added", "site.changed", "site.closed"]


def test_sites_are_refused(world: World) -> None:
    def added(unit: str, name: str, by: str = "clerk", **more: object) -> str:
        facts = {"unit_id": world.units[unit], "type": SiteType.SHOP, "name": name, **more}
        return code_of(actions.add_site, **facts, **act(world.asker(by)))

    foreign = actions.add_party(unit_id=world.units["ll"], kind=PartyKind.SCHOOL, name="柳浪小學", **act()).object_id
    actions.add_site(unit_id=world.units["xl"], type=SiteType.SHOP, name="老街麵館", **act())
    entries = Entry.objects.count()
    assert added("xl", " 老街麵館 ") == "site-already-there"
    assert added("xl", "") == "text-blank"
    assert added("xl", "店" * 81) == "text-too-long"
    assert added("xl", "新店", place="道" * 121) == "text-too-long"
    assert added("xl", "新店", count=-1) == "count-out-of-range"
    assert added("xl", "新店", count=10**9) == "count-out-of-range"
    assert added("xl", "新店", party_id=foreign) == "party-elsewhere"
    assert added("xl", "新店", party_id=uuid4()) == "not-found"
    assert added("xl", "新店", unit_id=uuid4()) == "not-found"
    for by in ("neighbour", "street", "grid", "outsider", "resident"):
        assert added("xl", "新店", by=by) == "not-allowed"
    assert (Site.objects.count(), Entry.objects.count()) == (1, entries)
    actions.add_site(unit_id=world.units["xl"], type=SiteType.SHOP, name="老街麵館", place="分店", **act())


def test_sites_are_paged_by_key(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Site.objects.bulk_create(
        Site(unit_id=world.units["xl1"], type=SiteType.HOUSEHOLD, name=f"戶{number % 40:03}", place=str(number))
        for number in range(1000)
    )
    clerk = world.asker("clerk")
    seen: list[UUID] = []
    after: str | None = None
    for _ in range(5):
        with django_assert_num_queries(2):
            page = queries.sites(clerk, world.units["xl"], after=after, limit=300)
        seen += [row.id for row in page.rows]
        if (after := page.after) is None:
            break
    assert len(seen) == len(set(seen)) == 1000
    assert len(queries.sites(clerk, world.units["xl"], after="nonsense", limit=10).rows) == 10
    assert queries.sites(clerk, world.units["xl"], after=str(uuid4()), limit=10).rows == ()


def test_a_list_holds_what_one_sees_in_detail_and_the_level_above_gets_figures(world: World) -> None:
    for unit, name in (("xl", "社區公告欄"), ("xl1", "一號水箱"), ("xl2", "二號水箱"), ("ll", "柳浪公告欄")):
        world.site(unit, SiteType.NOTICE_BOARD if "公告" in name else SiteType.WATER_TANK, name)

    def named(by: str, unit: str) -> set[str]:
        return {row.name for row in queries.sites(world.asker(by), world.units[unit]).rows}

    assert named("clerk", "xl") == {"社區公告欄", "一號水箱", "二號水箱"}
    assert named("grid", "xl1") == {"一號水箱"}
    assert named("grid", "xl") == {"社區公告欄", "一號水箱"}
    assert code_of(queries.sites, world.asker("grid"), world.units["xl2"]) == "not-allowed"
    assert named("street", "hl") == set()
    assert code_of(queries.sites, world.asker("street"), world.units["xl"]) == "not-allowed"
    counts = queries.site_counts(world.asker("street"), world.units["xl"])
    assert counts == {SiteType.NOTICE_BOARD: 1, SiteType.WATER_TANK: 2}
    assert queries.site_counts(world.asker("district"), world.units["hl"])[SiteType.NOTICE_BOARD] == 2
    for by in ("neighbour", "outsider", "resident"):
        assert code_of(queries.site_counts, world.asker(by), world.units["xl"]) == "not-allowed"


def test_parties_change_and_leave(world: World) -> None:
    clerk = world.asker("clerk")
    unit = world.units["xl"]
    party = actions.add_party(unit_id=unit, kind=PartyKind.OTHER, name="安居", **act(clerk)).object_id
    again = {"unit_id": unit, "kind": PartyKind.OTHER, "name": "安居"}
    assert code_of(actions.add_party, **again, **act(clerk)) == "party-already-there"
    actions.change_party(party_id=party, kind=PartyKind.PROPERTY_FIRM, name="安居物業", **act(clerk))
    assert [(row.name, row.kind) for row in queries.parties(world.asker("grid"), unit)] == [
        ("安居物業", PartyKind.PROPERTY_FIRM)
    ]
    facts = {"party_id": party, "kind": PartyKind.PROPERTY_FIRM, "name": "安居物業", "active": False}
    actions.change_party(**facts, **act(clerk))  # type: ignore[arg-type]  # facts of several types
    assert queries.parties(clerk, unit) == ()
    assert len(queries.parties(clerk, unit, closed=True)) == 1
    site = {"unit_id": unit, "type": SiteType.SHOP, "name": "店", "party_id": party}
    assert code_of(actions.add_site, **site, **act(clerk)) == "party-closed"


def test_a_leading_group_has_people_parties_and_words_in_its_seats(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = world.asker("clerk")
    unit = world.units["xl"]
    group = actions.found_group(
        unit_id=unit, kind=GroupKind.LEADING, name="環保工作領導小組", purpose="統籌全年工作", **act(clerk)
    ).object_id
    firm = actions.add_party(unit_id=unit, kind=PartyKind.PROPERTY_FIRM, name="安居物業", **act(clerk)).object_id

    def take(kind: SeatKind, **who: object) -> UUID:
        return actions.seat(group_id=group, kind=kind, **who, **act(clerk)).object_id  # type: ignore[arg-type]  # one of three

    take(SeatKind.LEADER, person_id=world.people["head"], words="社區書記")
    take(SeatKind.MEMBER, party_id=firm)
    gone = take(SeatKind.MEMBER, words="各樓棟長")
    take(SeatKind.LIAISON, words="聯絡員若干")
    actions.unseat(seat_id=gone, **act(clerk))
    for number in range(10):
        actions.found_group(unit_id=unit, kind=GroupKind.WORKING, name=f"工作組{number}", **act(clerk))
    with django_assert_num_queries(3):
        found = queries.groups(clerk, unit)
    (leading,) = [row for row in found if row.id == group]
    assert [(seat.kind, seat.name, seat.words) for seat in leading.seats] == [
        (SeatKind.LEADER, "周明遠", "社區書記"),
        (SeatKind.MEMBER, "安居物業", ""),
        (SeatKind.LIAISON, "聯絡員若干", "聯絡員若干"),
    ]
    actions.change_group(group_id=group, name="環境工作領導小組", **act(clerk))
    assert Group.objects.get(id=group).name == "環境工作領導小組"


def test_groups_and_seats_are_refused(world: World) -> None:
    clerk = world.asker("clerk")
    facts = {"unit_id": world.units["xl"], "kind": GroupKind.LEADING, "name": "領導小組"}
    group = actions.found_group(**facts, **act(clerk)).object_id  # type: ignore[arg-type]  # facts of several types
    assert code_of(actions.found_group, **facts, **act(clerk)) == "group-already-there"
    assert code_of(actions.found_group, **facts, **act(world.asker("neighbour"))) == "not-allowed"

    def seated(by: str = "clerk", **who: object) -> str:
        return code_of(actions.seat, group_id=group, kind=SeatKind.MEMBER, **who, **act(world.asker(by)))

    assert seated() == "seat-empty"
    assert seated(words="  ") == "seat-empty"
    assert seated(person_id=world.people["head"], party_id=uuid4()) == "seat-of-two"
    assert seated(person_id=uuid4()) == "not-found"
    assert seated(words="某人", by="grid") == "not-allowed"
    assert seated(words="身分證A123456789") == "text-has-id-number"
    assert code_of(actions.unseat, seat_id=uuid4(), **act(clerk)) == "not-found"
    assert code_of(queries.groups, world.asker("neighbour"), world.units["xl"]) == "not-allowed"


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Site, {"type": "volcano"}),
        (Site, {"name": ""}),
        (Party, {"kind": "mafia"}),
        (Group, {"kind": "choir"}),
        (Seat, {"words": ""}),
        (Seat, {"kind": "throne"}),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(
    world: World, model: type[Site] | type[Party] | type[Group] | type[Seat], change: dict[str, object]
) -> None:
    world.site("xl", SiteType.SHOP, "店")
    actions.add_party(unit_id=world.units["xl"], kind=PartyKind.OTHER, name="某單位", **act())
    group = actions.found_group(unit_id=world.units["xl"], kind=GroupKind.LEADING, name="組", **act()).object_id
    actions.seat(group_id=group, kind=SeatKind.MEMBER, words="樓棟長", **act())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_nobody_takes_somebody_elses_people_by_their_id(world: World) -> None:
    """A seat would show the name of a person whom the asker may not see; a post would let one's own helper in there."""
    head = world.asker("head")
    group = actions.found_group(
        unit_id=world.units["xl"], kind=GroupKind.LEADING, name="領導小組", **act(head)
    ).object_id

    def seated(short: str, by: Asker = head) -> None:
        actions.seat(group_id=group, kind=SeatKind.MEMBER, person_id=world.people[short], **act(by))

    def posted(short: str) -> None:
        actions.add_post(
            person_id=world.people[short],
            unit_id=world.units["xl"],
            role=Role.VOLUNTEER,
            starts_on=TODAY,
            **act(head),
        )

    for stranger in ("neighbour", "outsider"):
        assert code_of(seated, stranger) == code_of(posted, stranger) == "not-found"
    for known in ("clerk", "grid", "street"):
        seated(known)
    posted("resident")
    assert Seat.objects.count() == 3
