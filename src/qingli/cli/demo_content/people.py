"""The demo's territory, places, people and posts."""

from collections.abc import Iterable, Mapping
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
    """A community of the demo: its unit, its grids in order, its people by role; whether it lies in the city."""

    code: str
    unit_id: UUID
    name: str
    plan_file: str
    script: Script
    grids: list[UUID] = field(default_factory=list)
    people: dict[Role, UUID] = field(default_factory=dict)
    grid_workers: list[UUID] = field(default_factory=list)


@dataclass
class Ground:
    """What was settled: offices (a unit and its people) by code, communities by code, and the accounts to be told."""

    units: dict[str, UUID] = field(default_factory=dict)
    offices: dict[tuple[str, Role], UUID] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
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
TONGYIN_STAFF = (
    (Role.CLERK, "顧雨晴", "tongyin", "桐蔭社區 環保專幹 clerk"),
    (Role.HEAD, "邵安平", "tongyin.head", "桐蔭社區 主任 head"),
    (Role.CITY_MANAGEMENT_OFFICER, "邢大海", "", ""),
    (Role.FINANCE, "姚秀雲", "tongyin.finance", "桐蔭社區 財務 finance"),
)
YUPU_STAFF = (
    (Role.CLERK, "宁小荷", "yupu", "渔浦社区 环保专干 clerk (Simplified)"),
    (Role.HEAD, "鲁明华", "yupu.head", "渔浦社区 主任 head"),
)
BEIPO_STAFF = (
    (Role.CLERK, "梁秋實", "beipo", "北坡社區 環保專幹 clerk"),
    (Role.HEAD, "鍾立群", "beipo.head", "北坡社區 主任 head"),
    (Role.CITY_MANAGEMENT_OFFICER, "湯立新", "", ""),
    (Role.FINANCE, "岑玉蘭", "beipo.finance", "北坡社區 財務 finance"),
)
HUAISHUWAN_STAFF = (
    (Role.CLERK, "宋采薇", "huaishuwan", "槐樹灣社區 環保專幹 clerk"),
    (Role.HEAD, "范學文", "huaishuwan.head", "槐樹灣社區 主任 head"),
    (Role.CITY_MANAGEMENT_OFFICER, "鄒國平", "", ""),
)
# In the order in which they are told. The first six lie in the city, the li lies in Taiwan.
CASTS = {
    "shiti": (
        Cast("柳塘社區", "liutang", "liutang-2026h2.txt", LIUTANG_STAFF, LIUTANG_GRIDS),
        Cast("荷井社区", "hejing", "hejing-2026h2.txt", HEJING_STAFF, HEJING_GRIDS),
    ),
    "nandu": (
        Cast(
            "桐蔭社區",
            "tongyin",
            "tongyin-2026h2.txt",
            TONGYIN_STAFF,
            (("第1網格", "凌采芹", ""), ("第2網格", "狄長河", "")),
        ),
        Cast("渔浦社区", "yupu", "yupu-2026h2.txt", YUPU_STAFF, (("第1网格", "滕春梅", ""), ("第2网格", "强立国", ""))),
    ),
    "zhonglou": (
        Cast(
            "北坡社區", "beipo", "beipo-2026h2.txt", BEIPO_STAFF, (("第1網格", "殷小霞", ""), ("第2網格", "車正剛", ""))
        ),
        Cast("槐樹灣社區", "huaishuwan", "huaishuwan-2026h2.txt", HUAISHUWAN_STAFF, (("第1網格", "池婉兒", ""),)),
    ),
}
GANTANG = Cast("甘棠里", "gantang", "gantang-115h2.txt", GANTANG_STAFF, GANTANG_GRIDS)
# Offices: unit, role, name, user name, what the account shows.
OFFICES = (
    ("yuan", Role.CITY_OFFICE, "江文遠", "city", "榆岸市 city office: sums, and what is applied for"),
    ("yuan", Role.FINANCE, "喬慧敏", "city.finance", "榆岸市 財務 city finance: pays the awards"),
    ("yuan", Role.REVIEWER, "戴敏", "reviewer", "榆岸市 評審員 reviewer"),
    ("yuan", Role.ADMINISTRATOR, "卓越凡", "city.admin", "榆岸市 管理員 administrator of the city"),
    ("qingqiao", Role.DISTRICT_OFFICE, "孟小川", "district", "青橋區 district office: recommends"),
    ("qingqiao", Role.AUDITOR, "溫如海", "auditor", "青橋區 審計 auditor"),
    ("wangshan", Role.DISTRICT_OFFICE, "燕歸來", "wangshan", "望山區 district office"),
    ("shiti", Role.STREET_OFFICE, "陶玉珍", "street", "石梯街道 street office: endorses, and what is filed with it"),
    ("nandu", Role.STREET_OFFICE, "歐陽靜", "nandu", "南渡街道 street office"),
    ("zhonglou", Role.STREET_OFFICE, "解少華", "zhonglou", "鐘樓街道 street office"),
)


def settle(past: Past) -> Ground:
    ground = Ground()
    units = ground.units
    units["yuan"] = _unit(past, None, UnitKind.CITY, name="榆岸市", code="yuan", script=Script.HANT)
    for code, name in (("qingqiao", "青橋區"), ("wangshan", "望山區")):
        units[code] = _unit(past, units["yuan"], UnitKind.DISTRICT, name=name, code=code, script=Script.HANT)
    for code, name, above in (
        ("shiti", "石梯街道", "qingqiao"),
        ("nandu", "南渡街道", "qingqiao"),
        ("zhonglou", "鐘樓街道", "wangshan"),
    ):
        units[code] = _unit(past, units[above], UnitKind.STREET, name=name, code=code, script=Script.HANT)
    for code, role, name, username, says in OFFICES:
        unit = units[code]
        ground.offices[code, role] = _person(past, ground, unit, unit, role, name=name, username=username, says=says)
    for street, casts in CASTS.items():
        for cast in casts:
            ground.communities[cast.code] = _community(past, ground, units[street], cast)
    other = _unit(past, None, UnitKind.DISTRICT, name="南埔區", code="nanpu", script=Script.HANT, zone="Asia/Taipei")
    ground.communities["gantang"] = _community(past, ground, other, GANTANG)
    _outsiders(past, ground, ground.communities["liutang"])
    _all_places(past, ground.communities)
    for community in ground.communities.values():
        _group(past, community)
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
    community = Community(cast.code, unit, cast.name, cast.plan_file, script)
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


def _all_places(past: Past, communities: Mapping[str, Community]) -> None:
    _liutang_places(past, communities["liutang"])
    _places(past, communities["gantang"], SiteType.BUILDING, ("甘棠大樓", "溪畔大廈", "公園新城"))
    # name: tanks, buildings, shops, further places
    hejing = [(SiteType.NOTICE_BOARD, "东巷宣传栏"), (SiteType.MARKET, "荷井集贸市场"), (SiteType.OFFICE, "社区办公室")]
    yupu = [(SiteType.NOTICE_BOARD, "渔浦宣传栏"), (SiteType.RIVER_REACH, "渔浦河段"), (SiteType.OFFICE, "社区办公室")]
    tongyin = [
        (SiteType.NOTICE_BOARD, "南門公示欄"),
        (SiteType.RIVER_REACH, "桐蔭河堤"),
        (SiteType.OFFICE, "社區辦公室"),
    ]
    beipo = [
        (SiteType.NOTICE_BOARD, "坡下公示欄"),
        (SiteType.ENTERPRISE, "山貨加工作坊"),
        (SiteType.GREEN_BELT, "半坡綠地"),
    ]
    huaishuwan = [
        (SiteType.NOTICE_BOARD, "灣口公示欄"),
        (SiteType.MARKET, "槐樹灣市場"),
        (SiteType.OFFICE, "社區辦公室"),
    ]
    for code, tanks, buildings, shops, more in (
        ("hejing", 6, 6, ("春来面馆", "阿强修车", "永丰粮油"), hejing),
        ("tongyin", 5, 6, ("河畔茶室", "順記雜貨"), tongyin),
        ("yupu", 5, 5, ("渔家小厨", "顺风理发"), yupu),
        ("beipo", 8, 6, ("坡上早點", "利民藥店"), beipo),
        ("huaishuwan", 4, 4, ("槐下豆漿", "灣口文具"), huaishuwan),
    ):
        community = communities[code]
        block = "号楼" if community.script is Script.HANS else "號樓"
        _places(past, community, SiteType.WATER_TANK, (f"{n}{block}水箱" for n in range(1, tanks + 1)))
        _places(past, community, SiteType.SHOP, shops)
        for kind, name in more:
            _places(past, community, kind, (name,))
        for number in range(buildings):
            grid = community.grids[number % len(community.grids)]
            facts = {"type": SiteType.BUILDING, "name": f"{number + 1}{block}", "count": 36}
            past.do(actions.add_site, unit_id=grid, **facts)


def _liutang_places(past: Past, liutang: Community) -> None:
    shops = ("佳味小館", "阿芳髮廊", "永順五金", "東門水果", "老周麵店", "晴天洗衣")
    for kind, names in (
        (SiteType.WATER_TANK, (*(f"{n}號樓水箱" for n in range(1, 13)), "會所水箱", "小學水箱")),
        (SiteType.SHOP, shops),
        (SiteType.NOTICE_BOARD, ("東門公示欄", "服務站電子屏")),
        (SiteType.RIVER_REACH, ("北巷排口",)),
        (SiteType.GREEN_BELT, ("車棚北側綠地",)),
        (SiteType.OFFICE, ("社區辦公室",)),
        (SiteType.ENTERPRISE, ("順達印刷作坊",)),
        (SiteType.MARKET, ("石梯集貿市場",)),
        (SiteType.OPEN_YARD, ("東門建材堆場",)),
    ):
        _places(past, liutang, kind, names)
    for number, grid in enumerate(liutang.grids):
        for building in range(1 + number * 3, 4 + number * 3):
            facts = {"type": SiteType.BUILDING, "name": f"{building}號樓", "count": 48}
            past.do(actions.add_site, unit_id=grid, **facts)


def _places(past: Past, community: Community, kind: SiteType, names: Iterable[str]) -> None:
    for name in names:
        past.do(actions.add_site, unit_id=community.unit_id, type=kind, name=name)


def _group(past: Past, community: Community) -> None:
    """The leading group: the head leads, the clerk keeps in touch; a deputy where the community has a registrar."""
    hans = community.script is Script.HANS
    name = "环境保护工作领导小组" if hans else "環境保護工作領導小組"
    purpose = "安排、督促和公布社区的环境工作" if hans else "安排、督促和公布社區的環境工作"
    facts = {"kind": GroupKind.LEADING, "name": name, "purpose": purpose}
    group = past.do(actions.found_group, unit_id=community.unit_id, **facts)
    for kind, role in ((SeatKind.LEADER, Role.HEAD), (SeatKind.DEPUTY, Role.REGISTRAR), (SeatKind.LIAISON, Role.CLERK)):
        if person := community.people.get(role):
            past.do(actions.seat, group_id=group, kind=kind, person_id=person)
    words = "各网格员、楼栋长和物业公司经理" if hans else "各網格員、樓棟長和物業公司經理"
    past.do(actions.seat, group_id=group, kind=SeatKind.MEMBER, words=words)
