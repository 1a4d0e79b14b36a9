"""The invented city with a programme of titles, and everybody who has a part in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from qingli.archive.rules import Done
from qingli.board import actions as board
from qingli.board.rules import Outcome, ReplyKind
from qingli.ground.rules import Asker, Role, UnitKind, visitor
from qingli.ledger import actions as ledger
from qingli.ledger.rules import AccountKind
from qingli.title import actions
from qingli.title.models import Application
from qingli.title.rules import Windows
from tests.ground.world import Envelope, World, act

STANDARD = "sample-green-community"
WINDOWS = Windows(date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 10), date(2026, 5, 31), date(2026, 12, 31))
EVIDENCE = date(2025, 10, 1), date(2026, 5, 1)
DISTRICT_DAY = date(2026, 1, 15)
PEOPLE = (
    ("city", "宋遠山", "qj", Role.CITY_OFFICE),
    ("finance", "白靜宜", "qj", Role.FINANCE),
    ("auditor", "方正平", "qj", Role.AUDITOR),
    ("reviewer", "石若蘭", "qj", Role.REVIEWER),
    ("other-district", "江海闊", "bei", Role.DISTRICT_OFFICE),
    ("treasurer", "陸小舟", "xl", Role.FINANCE),
)


def at(day: date, hour: int = 2) -> datetime:
    """A moment of a day; two in UTC is ten in the morning in the city."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class City:
    world: World
    programme: UUID
    cycle: UUID

    def by(self, short: str, day: date, key: UUID | None = None) -> Envelope:
        return act(self.world.asker(short), key, at(day))

    def unit(self, short: str = "xl") -> UUID:
        return self.world.units[short]

    def district_title(self, unit: str = "xl", short: str = "district") -> UUID:
        return actions.register_title(
            unit_id=self.unit(unit),
            name="區級綠色社區",
            goal="named",
            level="district",
            issuing_body="南湖區創建辦",
            document="南環〔2026〕3號",
            named_on=DISTRICT_DAY,
            **self.by(short, date(2026, 3, 2)),
        ).object_id

    def city_title(self, named_on: date, *, day: date, goal: str = "named", unit: str = "xl") -> UUID:
        """A title of former years, entered from its paper."""
        return actions.register_title(
            unit_id=self.unit(unit),
            name="綠色社區",
            goal=goal,
            level="city",
            issuing_body="青江市環境保護委員會",
            document="青環〔2023〕9號",
            named_on=named_on,
            **self.by("city", day),
        ).object_id

    def begin(self, unit: str = "xl", short: str = "clerk", day: date = date(2026, 3, 10)) -> UUID:
        return actions.begin_application(cycle_id=self.cycle, unit_id=self.unit(unit), **self.by(short, day)).object_id

    def do(self, name: str, application: UUID, short: str, day: date, **more: Any) -> Done:
        done: Done = getattr(actions, name)(application_id=application, **more, **self.by(short, day))
        return done

    def post(self, *applications: UUID, day: date = date(2026, 6, 1), **more: Any) -> UUID:
        """Post candidates; the notice."""
        actions.post_candidates(
            cycle_id=self.cycle,
            application_ids=applications,
            title="2026年度擬命名綠色社區公示",
            body="現將擬命名的社區公示如下，有異議請在期限內提出。",
            **more,
            **self.by("city", day),
        )
        notice = Application.objects.get(pk=applications[0]).notice_id
        assert notice is not None
        return notice

    def until(self, state: str, unit: str = "xl", short: str = "clerk") -> UUID:
        """An application that went well up to a state; posted on 1 June, through 8 June."""
        application = self.begin(unit, short)
        way = (
            ("submitted", "submit", short, date(2026, 3, 20)),
            ("endorsed", "endorse", "street", date(2026, 4, 2)),
            ("recommended", "recommend", "district", date(2026, 5, 6)),
        )
        for after, name, who, day in way:
            if state == "draft":
                return application
            self.do(name, application, who, day)
            if state == after:
                return application
        self.post(application)
        if state == "named":
            self.do("name_title", application, "city", date(2026, 6, 9))
        return application

    def object(self, notice: UUID, application: UUID | None, day: date = date(2026, 6, 3)) -> UUID:
        """A resident without an account objects."""
        return board.reply(
            notice_id=notice,
            kind=ReplyKind.OBJECTION,
            words="水箱半年沒有清洗。",
            name="羅阿婆",
            contact="13800000000",
            subject_id=application,
            **act(visitor("r1"), None, at(day)),
        ).object_id

    def answer(self, reply: UUID, outcome: Outcome, day: date = date(2026, 6, 5)) -> None:
        board.answer_reply(reply_id=reply, outcome=outcome, reason="已現場核對。", **self.by("city", day))

    def accounts(self) -> tuple[UUID, UUID]:
        """A source of the city and the special fund of the community."""
        day = date(2026, 3, 2)
        source = ledger.open_account(
            unit_id=self.unit("qj"), kind=AccountKind.SOURCE, name="節能專項資金", **self.by("finance", day)
        )
        fund = ledger.open_account(
            unit_id=self.unit("xl"), kind=AccountKind.FUND, name="社區環保專款", **self.by("treasurer", day)
        )
        return source.object_id, fund.object_id


def found(world: World) -> City:
    """A programme and its year 2026; both communities of 鶴林街道 hold the district's title."""
    for short, name, unit, role in PEOPLE:
        world.person(short, name, unit, role)
    world.unit("bq", UnitKind.STREET, "柏溪街道", "nan")
    world.person("other-street", "顧長河", "bq", Role.STREET_OFFICE)
    day = date(2026, 3, 2)
    programme = actions.set_up_programme(
        unit_id=world.units["qj"],
        name="綠色社區",
        issuing_body="青江市環境保護委員會",
        approval_document="青政函〔2025〕41號",
        approval_date=date(2025, 12, 8),
        **act(world.asker("city"), None, at(day)),
    ).object_id
    city = City(world, programme, programme)
    city.cycle = open_cycle(city)
    for unit in ("xl", "ll"):
        city.district_title(unit)
    return city


def open_cycle(city: City, year: int = 2026, **more: Any) -> UUID:
    wanted: Mapping[str, Any] = {
        "standard_id": STANDARD,
        "standard_version": "1.0",
        "evidence_from": EVIDENCE[0],
        "evidence_until": EVIDENCE[1],
        "windows": WINDOWS,
        "quota": 20,
        "award_rule": "two-payers",
        **more,
    }
    return actions.open_cycle(
        programme_id=city.programme, year=year, **wanted, **city.by("city", date(2026, 3, 2))
    ).object_id


def asker(city: City, short: str) -> Asker:
    return city.world.asker(short)
