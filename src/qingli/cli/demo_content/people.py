"""The demo's territory, places, people and posts."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from qingli.cli.demo_content.past import PASSWORD, Past
from qingli.ground import actions
from qingli.ground.rules import GroupKind, PartyKind, Role, Script, SeatKind, SiteType, UnitKind

START = date(2026, 1, 1)


@dataclass(frozen=True)
class Account:
    username: str
    says: str


@dataclass
class Community:
    """A community of the demo: its unit, its grids in order, its people by role."""

    unit_id: UUID
    name: str
    plan_file: str
    script: Script
    grids: list[UUID] = field(default_factory=list)
    people: dict[Role, UUID] = field(default_factory=dict)
    grid_workers: list[UUID] = field(default_factory=list)


@dataclass
class Ground:
    communities: list[Community] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


@dataclass(frozen=True)
class Cast:
    """What a community is made of. staff: role, name, user name, what the account shows; grids: name, worker."""

    name: str
    code: str
    plan_file: str
    staff: tuple[tuple[Role, str, str, str], ...]
    grids: tuple[tuple[str, str, str], ...]


LIUTANG_STAFF = (
    (Role.CLERK, "林秀琴", "clerk", "柳塘社區 環保專幹 clerk: plans, tasks, everything of the community"),
    (Role.HEAD, "杜若蘭", "head", "柳塘社區 主任 head of the committee: adopts and publishes"),
    (Role.REGISTRAR, "方啟明", "registrar", "柳塘社區 登記員 registrar"),
    (Role.CITY_MANAGEMENT_OFFICER, "石建中", "officer", "柳塘社區 城管專幹 city management officer"),
    (Role.VOLUNTEER, "何月娥", "volunteer", "柳塘社區 志願者 volunteer"),
    (Role.FINANCE, "溫淑貞", "finance", "柳塘社區 財務 finance"),
    (Role.ADMINISTRATOR, "梁永福", "admin", "柳塘社區 管理員 administrator"),
)
LIUTANG_GRIDS = (("第1網格", "周素貞", "grid1"), ("第2網格", "高大同", "grid2"), ("第3網格", "莫小燕", "grid3"))
HEJING_STAFF = (
    (Role.CLERK, "尤春生", "hejing", "荷井社区 环保专干 clerk (Simplified)"),
    (Role.HEAD, "贺远山", "hejing.head", "荷井社区 书记 head"),
    (Role.CITY_MANAGEMENT_OFFICER, "韦国栋", "", ""),
)
HEJING_GRIDS = (("第1网格", "郑阿梅", ""), ("第2网格", "柏松", ""))
GANTANG_STAFF = (
    (Role.CLERK, "蔡宜庭", "gantang", "甘棠里 里幹事 clerk of a Taiwanese li"),
    (Role.HEAD, "曾世昌", "gantang.head", "甘棠里 里長 head of the li"),
)
GANTANG_GRIDS = (("第1鄰", "許文雄", ""), ("第2鄰", "葉美玲", ""))
LIUTANG = Cast("柳塘社區", "liutang", "liutang-2026h2.txt", LIUTANG_STAFF, LIUTANG_GRIDS)
HEJING = Cast("荷井社区", "hejing", "hejing-2026h2.txt", HEJING_STAFF, HEJING_GRIDS)
GANTANG = Cast("甘棠里", "gantang", "gantang-115h2.txt", GANTANG_STAFF, GANTANG_GRIDS)


def settle(past: Past) -> Ground:
    ground = Ground()
    city = _unit(past, None, UnitKind.CITY, name="榆岸市", code="yuan", script=Script.HANT)
    district = _unit(past, city, UnitKind.DISTRICT, name="青橋區", code="qingqiao", script=Script.HANT)
    street = _unit(past, district, UnitKind.STREET, name="石梯街道", code="shiti", script=Script.HANT)
    for unit, role, name, username, says in (
        (city, Role.CITY_OFFICE, "江文遠", "city", "榆岸市 city office: sums only"),
        (city, Role.REVIEWER, "戴敏", "reviewer", "榆岸市 評審員 reviewer"),
        (district, Role.DISTRICT_OFFICE, "孟小川", "district", "青橋區 district office: sums only"),
        (street, Role.STREET_OFFICE, "陶玉珍", "street", "石梯街道 street office: sums, and what is filed with it"),
        (district, Role.AUDITOR, "溫如海", "auditor", "青橋區 審計 auditor"),
    ):
        _person(past, ground, unit, unit, role, name=name, username=username, says=says)
    liutang = _community(past, ground, street, LIUTANG)
    hejing = _community(past, ground, street, HEJING)
    other = _unit(past, None, UnitKind.DISTRICT, name="南埔區", code="nanpu", script=Script.HANT, zone="Asia/Taipei")
    gantang = _community(past, ground, other, GANTANG)
    _outsiders(past, ground, liutang)
    _liutang_places(past, liutang)
    _places(past, hejing, [(SiteType.WATER_TANK, f"{n}号楼水箱") for n in range(1, 7)])
    _places(past, gantang, [(SiteType.BUILDING, name) for name in ("甘棠大樓", "溪畔大廈", "公園新城")])
    _group(past, liutang)
    ground.communities = [liutang, hejing, gantang]
    return ground


def _unit(
    past: Past, parent: UUID | None, kind: UnitKind, *, name: str, code: str, script: Script, zone: str = ""
) -> UUID:
    zone = zone or ("" if parent else "Asia/Shanghai")
    facts = {"parent_id": parent, "kind": kind, "name": name, "code": code, "script": script, "time_zone": zone}
    return past.do(actions.found_unit, **facts)


def _person(
    past: Past, ground: Ground, home: UUID, unit: UUID, role: Role, *, name: str, username: str, says: str
) -> UUID:
    """A person who belongs to `home` and holds a post in `unit`."""
    person = past.do(actions.add_person, unit_id=home, name=name)
    past.do(actions.add_post, person_id=person, unit_id=unit, role=role, starts_on=START)
    if username:
        past.do(actions.open_account, person_id=person, username=username, password=PASSWORD)
        ground.accounts.append(Account(username, says))
    return person


def _community(past: Past, ground: Ground, parent: UUID, cast: Cast) -> Community:
    li = cast.name.endswith("里")
    script = Script.HANS if cast.name.endswith("社区") else Script.HANT
    unit = _unit(past, parent, UnitKind.LI if li else UnitKind.COMMUNITY, name=cast.name, code=cast.code, script=script)
    community = Community(unit, cast.name, cast.plan_file, script)
    for role, name, username, says in cast.staff:
        community.people[role] = _person(past, ground, unit, unit, role, name=name, username=username, says=says)
    for number, (grid_name, name, username) in enumerate(cast.grids, 1):
        kind = UnitKind.NEIGHBOURHOOD if li else UnitKind.GRID
        grid = _unit(past, unit, kind, name=grid_name, code=f"g{number}", script=script)
        says = f"{cast.name} {grid_name} 網格員 grid worker"
        community.grids.append(grid)
        worker = _person(past, ground, unit, grid, Role.GRID_WORKER, name=name, username=username, says=says)
        community.grid_workers.append(worker)
    return community


def _outsiders(past: Past, ground: Ground, liutang: Community) -> None:
    """The property firm with its manager, a building head, and somebody who stands in for a grid worker."""
    firm = past.do(
        actions.add_party, unit_id=liutang.unit_id, kind=PartyKind.PROPERTY_FIRM, name="安禾物業服務有限公司"
    )
    manager = past.do(actions.add_person, unit_id=liutang.unit_id, name="康志強")
    facts = {"person_id": manager, "unit_id": liutang.unit_id, "role": Role.PARTY_STAFF, "party_id": firm}
    past.do(actions.add_post, starts_on=START, **facts)
    past.do(actions.open_account, person_id=manager, username="property", password=PASSWORD)
    ground.accounts.append(Account("property", "安禾物業 property firm's manager"))
    says = "3號樓 樓棟長 building head"
    home, grid = liutang.unit_id, liutang.grids[0]
    _person(past, ground, home, grid, Role.BUILDING_HEAD, name="蘇婆婆", username="building", says=says)


def _liutang_places(past: Past, liutang: Community) -> None:
    sites = [(SiteType.WATER_TANK, f"{n}號樓水箱") for n in range(1, 13)]
    sites += [(SiteType.WATER_TANK, "會所水箱"), (SiteType.WATER_TANK, "小學水箱")]
    sites += [
        (SiteType.SHOP, name) for name in ("佳味小館", "阿芳髮廊", "永順五金", "東門水果", "老周麵店", "晴天洗衣")
    ]
    sites += [(SiteType.NOTICE_BOARD, "東門公示欄"), (SiteType.NOTICE_BOARD, "服務站電子屏")]
    sites += [
        (SiteType.RIVER_REACH, "北巷排口"),
        (SiteType.GREEN_BELT, "車棚北側綠地"),
        (SiteType.OFFICE, "社區辦公室"),
    ]
    sites += [
        (SiteType.ENTERPRISE, "順達印刷作坊"),
        (SiteType.MARKET, "石梯集貿市場"),
        (SiteType.OPEN_YARD, "東門建材堆場"),
    ]
    _places(past, liutang, sites)
    for number, grid in enumerate(liutang.grids):
        for building in range(1 + number * 3, 4 + number * 3):
            facts = {"type": SiteType.BUILDING, "name": f"{building}號樓", "count": 48}
            past.do(actions.add_site, unit_id=grid, **facts)


def _places(past: Past, community: Community, sites: list[tuple[SiteType, str]]) -> None:
    for kind, name in sites:
        past.do(actions.add_site, unit_id=community.unit_id, type=kind, name=name)


def _group(past: Past, liutang: Community) -> None:
    facts = {"kind": GroupKind.LEADING, "name": "環境保護工作小組", "purpose": "安排、督促和公布社區的環境工作"}
    group = past.do(actions.found_group, unit_id=liutang.unit_id, **facts)
    for kind, role in ((SeatKind.LEADER, Role.HEAD), (SeatKind.DEPUTY, Role.REGISTRAR), (SeatKind.LIAISON, Role.CLERK)):
        past.do(actions.seat, group_id=group, kind=kind, person_id=liutang.people[role])
    past.do(actions.seat, group_id=group, kind=SeatKind.MEMBER, words="各網格員、樓棟長和物業公司經理")
