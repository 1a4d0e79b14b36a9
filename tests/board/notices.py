"""Notices of the invented city."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from qingli.board import actions
from qingli.board.rules import NoticeKind, ReplyKind
from qingli.ground.rules import visitor
from tests.ground.world import World, act

TEXT = "一、每月清理樓道一次。\n二、十月底前清洗水箱十四處。\n三、舉辦垃圾分類講座一場，到場不少於六十人。"


def at(text: str, hour: int = 2) -> datetime:
    """Ten in the morning of a day in Shanghai; `hour` is in UTC."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC).replace(hour=hour)


def posted(world: World, on: str = "2026-07-06", who: str = "clerk", unit: str = "xl", **more: Any) -> UUID:
    """Goals of 杏林社區, posted on a Monday in July: 7 days and 5 working days both end on the 13th."""
    facts: dict[str, Any] = {"kind": NoticeKind.GOALS, "title": "下半年環境工作目標", "body": TEXT, **more}
    opens = facts.pop("opens_on", date.fromisoformat(on))
    return actions.post_notice(
        unit_id=world.units[unit], opens_on=opens, **facts, **act(world.asker(who), at=at(on))
    ).object_id


def objected(notice_id: UUID, on: str = "2026-07-08", **more: Any) -> UUID:
    """A resident objects."""
    facts: dict[str, Any] = {
        "kind": ReplyKind.OBJECTION,
        "name": "羅阿婆",
        "contact": "021-5550 1234",
        "words": "水箱不止十四處，七號樓頂還有一處。",
        **more,
    }
    return actions.reply(notice_id=notice_id, **facts, **act(visitor("aa11"), at=at(on))).object_id
