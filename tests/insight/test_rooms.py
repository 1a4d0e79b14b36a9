"""What the report says of the board, the ledger, the standard and titles, through the rooms' own deeds."""

from datetime import date
from typing import Any

import pytest

from qingli.board import actions as board
from qingli.board.rules import NoticeKind, Outcome, ReplyKind
from qingli.ground.rules import Role, visitor
from qingli.ledger import actions as ledger
from qingli.ledger.rules import AccountKind, LineFact
from tests.ground.world import World, act
from tests.insight.reports import figures_of, report, text_of
from tests.plan.plans import at
from tests.proof.house import catch_up, community, done
from tests.title.city import City
from tests.title.conftest import city

__all__ = ["city"]

TODAY = date(2026, 9, 20)


def test_opinions_and_objections_of_the_half_year_with_their_answers(world: World) -> None:
    clerk = world.asker("clerk")
    facts: dict[str, Any] = {
        "kind": NoticeKind.GOALS,
        "title": "創建目標",
        "body": "每月清理樓道",
        "opens_on": date(2026, 7, 1),
    }
    notice = board.post_notice(unit_id=world.units["xl"], **facts, **act(clerk, at=at("2026-07-01"))).object_id
    sent = []
    for kind in (ReplyKind.OPINION, ReplyKind.OPINION, ReplyKind.OBJECTION):
        reply: dict[str, Any] = {"kind": kind, "name": "居民甲", "contact": "13800000000", "words": "樓道燈不亮"}
        sent.append(board.reply(notice_id=notice, **reply, **act(visitor("v"), at=at("2026-07-02"))).object_id)
    told: dict[str, Any] = {"outcome": Outcome.NOTED, "reason": "已報修"}
    board.answer_reply(reply_id=sent[0], **told, **act(clerk, at=at("2026-07-03")))
    said = text_of(report(world, today=TODAY), "voice")
    assert "Notices posted: 1." in said
    assert "Opinions received: 2, of which 1 are answered." in said
    assert "Objections received: 1; upheld 0, not upheld 0, waiting for an answer 1." in said
    assert "樓道燈不亮" not in said
    assert "No opinion and no objection" in text_of(report(world, half=(2026, 1)), "voice")


def test_money_of_the_half_year_by_earmark_in_yuan(world: World) -> None:
    world.person("treasurer", "陸小舟", "xl", Role.FINANCE)
    treasurer, unit = world.asker("treasurer"), world.units["xl"]

    def do(deed: object, day: str = "2026-06-30", **facts: object) -> object:
        return deed(**facts, **act(treasurer, at=at(day))).object_id  # type: ignore[operator]  # one of the ledger's deeds

    source = do(ledger.open_account, unit_id=unit, kind=AccountKind.SOURCE, name="街道撥款")
    fund = do(ledger.open_account, unit_id=unit, kind=AccountKind.FUND, name="社區專戶")
    do(ledger.open_account, unit_id=unit, kind=AccountKind.EXPENSE, name="購置工具", category="equipment")
    earmark = do(ledger.open_earmark, unit_id=unit, name="清潔專款", categories=("equipment",))
    for day, amount in (("2026-06-30", 100_000), ("2026-07-01", 2_000_050)):
        lines = (LineFact(source, earmark, -amount), LineFact(fund, earmark, amount))  # type: ignore[arg-type]  # their ids
        do(ledger.book, day, unit_id=unit, words="收到撥款", on=date.fromisoformat(day), lines=lines)
    spent: dict[str, Any] = {"category": "equipment", "amount": 50_000, "on": date(2026, 7, 8), "words": "掃帚"}
    do(ledger.spend, "2026-07-08", earmark_id=earmark, account_id=fund, **spent)
    paper = report(world, today=TODAY)
    assert text_of(paper, "money") == "清潔專款20,000.5050020,500.50"
    assert len(figures_of(paper, "money")) == 4
    assert text_of(report(world, half=(2026, 1)), "money") == "清潔專款1,00001,000"


def test_the_standard_tells_what_is_met_and_what_is_lacking_with_its_whole(world: World) -> None:
    plan = community(world)
    done(plan, "林秋月", "2026-07-08")
    catch_up()
    said = text_of(report(world, today=TODAY), "criteria")
    assert (
        "Green community standard (示例, sample) (version 1.1), by the records of this half-year: of 10 criteria"
        in said
    )
    assert "The leading group has a leader, a deputy and a liaison: partly met (2, 3 wanted)." in said
    assert "%" not in said


@pytest.mark.parametrize(("half", "told"), [((2026, 1), True), ((2025, 1), False)])
def test_titles_that_held_and_applications_of_the_year(city: City, half: tuple[int, int], told: bool) -> None:
    city.until("submitted")
    said = text_of(report(city.world, half=half, today=date(2026, 6, 1)), "titles")
    assert ("區級綠色社區, named by 南湖區創建辦 on 15 January" in said) is told
    assert ("2026: handed in to the street." in said) is told
    assert ("No title is held and no application was made." in said) is not told
