"""The demo's line from proof to title: goals posted, samples drawn, a programme with its applications, money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from qingli.archive import actions as archive
from qingli.archive import queries as journal
from qingli.board import actions as board
from qingli.board import queries as boards
from qingli.board.rules import NoticeKind, Outcome, ReplyKind
from qingli.catalogue import load_catalogue
from qingli.cli.demo_content.past import Past
from qingli.cli.demo_content.people import Community, Ground
from qingli.ground.rules import SYSTEM, Asker, Role, Script, visitor
from qingli.ledger import actions as ledger
from qingli.ledger import queries as money
from qingli.ledger.rules import AccountKind, Category, LineFact, fen_of
from qingli.proof import actions as proof
from qingli.proof import queries as proofs
from qingli.title import actions as title
from qingli.title import queries as titles
from qingli.title.rules import Windows

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = date(2026, 7, 1)
STANDARD, VERSION = "sample-green-community", "1.1"
IN_THE_CITY = ("liutang", "hejing", "tongyin", "yupu", "beipo", "huaishuwan")
# Who held a district's title when the year began.
DISTRICT_TITLES = {"qingqiao": ("liutang", "hejing", "tongyin", "yupu"), "wangshan": ("beipo",)}
REST_DAYS_KNOWN_UNTIL = date(2026, 12, 31)


@dataclass
class Line:
    """The story's tools: the past, the people, the day on which it is read."""

    past: Past
    ground: Ground
    today: date
    programme: UUID | None = None
    cycle: UUID | None = None

    def at(self, day: date, hour: int = 10) -> None:
        self.past.now = datetime.combine(day, time(hour), ZONE)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def office(self, code: str, role: Role) -> Asker:
        return self.past.person(self.ground.offices[code, role], self.past.now)

    def of(self, community: Community, role: Role) -> Asker:
        return self.past.person(community.people[role], self.past.now)

    def end_of(self, opens: date) -> date | None:
        """The end that a poster names where the rest days of the year to come are not known."""
        return opens + timedelta(days=11) if opens + timedelta(days=14) > REST_DAYS_KNOWN_UNTIL else None


def run(past: Past, ground: Ground, today: date) -> None:
    line = Line(past, ground, today)
    for community in ground.communities.values():
        proof.recount_unit(community.unit_id)
    _former_titles(line)
    _programme(line)
    _money(line)
    for code in IN_THE_CITY:
        _goals(line, ground.communities[code])
    _samples(line)
    _judged(line)
    _applications(line)


def _former_titles(line: Line) -> None:
    """On paper, entered by the offices: last year's titles of the two districts, and one of the city."""
    line.at(date(2026, 6, 3))
    facts: dict[str, Any] = {"name": "區級綠色社區", "goal": "named", "level": "district"}
    for district, codes in DISTRICT_TITLES.items():
        name = "青橋區" if district == "qingqiao" else "望山區"
        for number, code in enumerate(codes, start=1):
            line.past.do(
                title.register_title,
                line.office(district, Role.DISTRICT_OFFICE),
                unit_id=line.ground.communities[code].unit_id,
                issuing_body=f"{name}人民政府",
                document=f"{name}綠創〔2025〕{number}號",
                named_on=date(2025, 11, 20),
                valid_until=date(2028, 11, 19),
                **facts,
            )
    line.past.do(
        title.register_title,
        line.office("yuan", Role.CITY_OFFICE),
        unit_id=line.ground.communities["yupu"].unit_id,
        name="榆岸市綠色社區",
        goal="named",
        level="city",
        issuing_body="榆岸市人民政府",
        document="榆綠創〔2025〕6號",
        named_on=date(2025, 12, 18),
        valid_until=date(2028, 12, 17),
    )


def _programme(line: Line) -> None:
    """The year's programme, open to the end of the half-year."""
    line.at(date(2026, 6, 4))
    city = line.office("yuan", Role.CITY_OFFICE)
    line.programme = line.past.do(
        title.set_up_programme,
        city,
        unit_id=line.ground.units["yuan"],
        name="榆岸市綠色社區",
        issuing_body="榆岸市人民政府",
        approval_document="榆府批〔2026〕12號",
        approval_date=date(2026, 3, 16),
    )
    until = date(2026, 12, 31)  # so the year's evidence is that of the half-year
    line.cycle = line.past.do(
        title.open_cycle,
        city,
        programme_id=line.programme,
        year=2026,
        standard_id=STANDARD,
        standard_version=VERSION,
        evidence_from=SINCE,
        evidence_until=until + timedelta(days=1),
        windows=Windows(
            SINCE, until, until + timedelta(days=10), until + timedelta(days=20), until + timedelta(days=45)
        ),
        quota=20,
        award_rule="two-payers",
    )


def _money(line: Line) -> None:
    """The city's two special funds; the special accounts of the communities that have a finance officer."""
    line.at(date(2026, 6, 8))
    city, unit = line.office("yuan", Role.FINANCE), line.ground.units["yuan"]
    for name in ("環境保護專項資金", "節能專項資金"):
        line.past.do(ledger.open_account, city, unit_id=unit, kind=AccountKind.SOURCE, name=name)
    for code in ("liutang", "tongyin", "beipo"):
        community = line.ground.communities[code]
        finance = line.of(community, Role.FINANCE)
        given = line.past.do(
            ledger.open_account, finance, unit_id=community.unit_id, kind=AccountKind.SOURCE, name="街道撥付環保經費"
        )
        fund = line.past.do(
            ledger.open_account, finance, unit_id=community.unit_id, kind=AccountKind.FUND, name="環保專款戶"
        )
        for category, name in ((Category.CLEANING, "清潔用具"), (Category.PUBLICITY, "宣傳品")):
            facts = {"kind": AccountKind.EXPENSE, "name": name, "category": category.value}
            line.past.do(ledger.open_account, finance, unit_id=community.unit_id, **facts)
        earmark = line.past.do(
            ledger.open_earmark,
            finance,
            unit_id=community.unit_id,
            name="2026年社區環保經費",
            categories=[Category.CLEANING.value, Category.PUBLICITY.value],
        )
        amount = fen_of("20000")
        lines = [LineFact(given, earmark, -amount), LineFact(fund, earmark, amount)]
        line.past.do(
            ledger.book, finance, unit_id=community.unit_id, words="下半年經費到帳", on=date(2026, 6, 8), lines=lines
        )
        money_of = Money(community, earmark, fund)
        _spend(line, money_of, date(2026, 7, 20), (Category.CLEANING, "1268.50"), "掃帚、手套、垃圾袋")
        _spend(line, money_of, date(2026, 8, 12), (Category.PUBLICITY, "640"), "宣傳單印刷")


@dataclass(frozen=True)
class Money:
    """Earmarked money of a community, and the fund in which it lies."""

    community: Community
    earmark: UUID
    fund: UUID


def _spend(line: Line, of: Money, on: date, spent: tuple[Category, str], words: str) -> None:
    line.at(on)
    facts = {"category": spent[0].value, "amount": fen_of(spent[1]), "on": on, "words": words}
    finance = line.of(of.community, Role.FINANCE)
    line.past.do(ledger.spend, finance, earmark_id=of.earmark, account_id=of.fund, **facts)


GOALS = {
    Script.HANT: (
        "{name}下半年環境工作目標公示",
        "一、樓道、院落每月大掃除不少於一次。\n二、二次供水水箱全部清洗一次，結果張榜。\n"
        "三、垃圾分類講座和宣傳活動不少於四次。\n四、居民提的意見十五個工作日內答覆。",
        "目標寫得清楚。希望清洗水箱前早幾天貼停水通知。",
        "採納。今後提前三天張貼，並在群裡通知。",
    ),
    Script.HANS: (
        "{name}下半年环境工作目标公示",
        "一、楼道、院落每月大扫除不少于一次。\n二、二次供水水箱全部清洗一次，结果张榜。\n"
        "三、垃圾分类讲座和宣传活动不少于四次。\n四、居民提的意见十五个工作日内答复。",
        "目标写得清楚。希望清洗水箱前早几天贴停水通知。",
        "采纳。今后提前三天张贴，并在群里通知。",
    ),
}
PLACES = {Script.HANT: "服務站門口公示欄", Script.HANS: "服务站门口公示栏"}


def _goals(line: Line, community: Community) -> None:
    """Posted when the plan began, with an opinion from a resident; one community has not got round to it yet."""
    if community.code == "huaishuwan":
        return
    heading, body, opinion, answer = GOALS[community.script]
    line.at(date(2026, 7, 3))
    clerk = line.of(community, Role.CLERK)
    facts = {"kind": NoticeKind.GOALS, "title": heading.format(name=community.name), "body": body}
    notice = line.past.do(board.post_notice, clerk, unit_id=community.unit_id, opens_on=date(2026, 7, 3), **facts)
    line.past.do(board.prove_posting, clerk, notice_id=notice, place=PLACES[community.script])
    line.at(date(2026, 7, 6), 19)
    said = {"kind": ReplyKind.OPINION, "words": opinion}
    reply = line.past.do(board.reply, visitor(f"demo-{community.code}"), notice_id=notice, **said)
    line.at(date(2026, 7, 8))
    line.past.do(board.answer_reply, clerk, reply_id=reply, outcome=Outcome.UPHELD, reason=answer)


def _samples(line: Line) -> None:
    """Buildings drawn by the journal's own chain; most of them were looked at."""
    where = _period(line)
    asked = []
    for code in ("liutang", "tongyin", "beipo"):
        community = line.ground.communities[code]
        line.at(line.ago(50))
        clerk = line.of(community, Role.CLERK)
        facts = {"unit_id": community.unit_id, "criterion": "stairwells-tidy", "size": 5, **where}
        asked.append((community, line.past.do(proof.draw_sample, clerk, **facts)))
    while archive.seal(recorded_at=line.past.now):
        pass
    for entry in journal.told("proof.sample-asked"):
        proof.draw_for(entry, recorded_at=line.past.now, key=UUID(int=entry.object_id.int ^ 1))
    for community, sample in asked:
        line.at(line.ago(48))
        clerk = line.of(community, Role.CLERK)
        sites = proofs.sample(clerk, sample).sites
        left_open = community.code == "liutang"
        for number, site in enumerate(sites[: len(sites) - left_open]):
            outcome = "not-met" if number == 2 else "met"
            words = "二單元樓道堆有舊家具" if number == 2 else ""
            line.past.do(proof.check_sample_site, clerk, sample_site_id=site.id, outcome=outcome, words=words)


def _period(line: Line) -> dict[str, Any]:
    """The standard and the stretch of evidence of the year's programme."""
    assert line.cycle is not None
    cycle = titles.cycle(SYSTEM, line.cycle)
    return {
        "standard_id": STANDARD,
        "version": VERSION,
        "since": cycle.evidence_from,
        "until": cycle.evidence_until,
    }


JUDGED = {
    "publicity-place": (5, "東門公示欄每月更換，內容看得清"),
    "residents-heard": (6, "意見有答覆，水箱停水通知已提前"),
    "local-practice": (4, "樓道舊物每月集中清一次，做法簡單"),
}


def _judged(line: Line) -> None:
    """What the communities say of themselves where nothing can be counted."""
    known = {criterion.id for criterion in load_catalogue().standards[STANDARD, VERSION].criteria}
    for code in ("liutang", "hejing", "tongyin", "beipo"):
        community = line.ground.communities[code]
        line.at(line.ago(46))
        for criterion, (points, reason) in JUDGED.items():
            assert criterion in known
            facts = {"criterion": criterion, "points": points, "reason": reason, **_period(line)}
            line.past.do(proof.judge, line.of(community, Role.CLERK), unit_id=community.unit_id, **facts)


def _applications(line: Line) -> None:
    """One named, one before everybody's eyes, one with the district; the others are still free to apply, or may not."""
    beipo = _apply(line, "beipo", 40, endorsed=36, recommended=30)
    _named(line, beipo)
    tongyin = _apply(line, "tongyin", 20, endorsed=15, recommended=9)
    notice = _post(line, {"桐蔭社區": tongyin}, line.ago(3))
    line.at(line.ago(1), 20)
    said = {"kind": ReplyKind.OBJECTION, "subject_id": tongyin, "name": "季女士", "contact": "13800001234"}
    words = "河堤二號涵洞邊的垃圾堆了兩個月，報名材料卻說每月清理。"
    line.past.do(board.reply, visitor("demo-objection"), notice_id=notice, words=words, **said)
    _apply(line, "hejing", 6, endorsed=3, recommended=None)


def _apply(line: Line, code: str, days: int, *, endorsed: int, recommended: int | None) -> UUID:
    community = line.ground.communities[code]
    street, district = _above(line, code)
    line.at(line.ago(days))
    clerk = line.of(community, Role.CLERK)
    application = line.past.do(title.begin_application, clerk, cycle_id=line.cycle, unit_id=community.unit_id)
    line.past.do(title.submit, clerk, application_id=application)
    line.at(line.ago(endorsed))
    line.past.do(title.endorse, line.office(street, Role.STREET_OFFICE), application_id=application)
    if recommended is not None:
        line.at(line.ago(recommended))
        line.past.do(title.recommend, line.office(district, Role.DISTRICT_OFFICE), application_id=application)
    return application


def _above(line: Line, code: str) -> tuple[str, str]:
    """The street and the district of a community."""
    streets = {"shiti": ("liutang", "hejing"), "nandu": ("tongyin", "yupu"), "zhonglou": ("beipo", "huaishuwan")}
    street = next(street for street, codes in streets.items() if code in codes)
    return street, "wangshan" if street == "zhonglou" else "qingqiao"


def _post(line: Line, candidates: Mapping[str, UUID], on: date) -> UUID:
    """The notice that the city posts about candidates."""
    line.at(on)
    city = line.office("yuan", Role.CITY_OFFICE)
    names = "、".join(candidates)
    line.past.do(
        title.post_candidates,
        city,
        cycle_id=line.cycle,
        application_ids=list(candidates.values()),
        title=f"2026年度榆岸市綠色社區擬命名名單公示（{names}）",
        body=f"經社區申報、街道簽署意見、區推薦，擬命名{names}為榆岸市綠色社區，現予公示。有異議的，請寫明事實和聯繫方式。",
        ends_on=line.end_of(on),
    )
    posted = boards.notices_of_unit(city, line.ground.units["yuan"], today=on).current
    return next(notice.id for notice in posted if names in notice.title)


def _named(line: Line, application: UUID) -> None:
    """Posted, objected to, answered, named; one half of the award is paid and some of it spent."""
    beipo = line.ground.communities["beipo"]
    notice = _post(line, {beipo.name: application}, line.ago(29))
    line.at(line.ago(27), 20)
    said = {"kind": ReplyKind.OBJECTION, "subject_id": application, "name": "路先生", "contact": "13900005678"}
    words = "坡下早點鋪的油煙一直沒人管。"
    reply = line.past.do(board.reply, visitor("demo-answered"), notice_id=notice, words=words, **said)
    line.at(line.ago(24))
    reason = "已到現場核實：該店9月換裝了油煙淨化器，10月、11月兩次檢查合格，檢查記錄可查。異議不成立。"
    city = line.office("yuan", Role.CITY_OFFICE)
    line.past.do(board.answer_reply, city, reply_id=reply, outcome=Outcome.REJECTED, reason=reason)
    line.at(line.ago(8))
    named = line.past.do(title.name_title, city, application_id=application, document="榆綠創〔2026〕9號")
    line.at(line.ago(6))
    finance = line.office("yuan", Role.FINANCE)
    due = titles.awards_due(finance, line.ground.units["yuan"])
    from_account = _account(line, finance, line.ground.units["yuan"], AccountKind.SOURCE)
    fund = _account(line, SYSTEM, beipo.unit_id, AccountKind.FUND)
    assert due
    facts = {"from_account_id": from_account, "to_account_id": fund}
    line.past.do(title.pay_award, finance, title_id=named, part="environment", **facts)
    line.at(line.ago(4))
    earmark = next(one for one in _earmarks(line, beipo) if one.source_id == named)
    _spend(line, Money(beipo, earmark.id, fund), line.ago(4), (Category.CLEANING, "3200"), "樓道清理用具")


def _account(line: Line, who: Asker, unit_id: UUID, kind: AccountKind) -> UUID:
    return next(one.id for one in money.accounts(who, unit_id) if one.kind is kind)


def _earmarks(line: Line, community: Community) -> Any:
    return money.earmarks(line.of(community, Role.FINANCE), community.unit_id).rows
