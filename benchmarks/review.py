"""A draft of 500 actions: how long somebody waits for the page on which it is checked, and for a tap on it.

    .venv/bin/python -m benchmarks.review                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.review     on PostgreSQL, in an empty database

One warm client of the web server; milliseconds from the request to the last byte: at the beginning, in the middle, a
tap (accept, with what comes back), a tap without JavaScript (accept, and the page it leads to), and the end.
"""

import importlib
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benchmarks.pages import TARGET, Answer, Client, free_port, processor

ACTIONS, CHAPTERS, ROUNDS = 500, 20, 60
DEEDS = ("清理", "檢查", "整修", "登記", "巡查", "清掃", "清洗", "整治", "打掃")
THINGS = (
    "樓道雜物",
    "沿街商舖門前",
    "二次供水水箱",
    "雨水井蓋",
    "垃圾分類投放點",
    "綠化帶枯枝",
    "露天堆場",
    "油煙管道",
)
PLACES = ("東門一帶", "北邊各棟", "學校圍牆外", "菜市場四周", "河邊步道", "老樓底層", "停車棚")
TIMES = ("每月", "定期", "每季度", "10月31日前", "")
PASSWORD = "a quiet pond at noon"
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def text() -> str:
    """An invented plan: chapters of numbered lines that all differ, half of them without an owner or a time."""
    lines = ["柳塘社區2026年下半年環境保護工作計劃"]
    told = itertools.islice(itertools.product(DEEDS, PLACES, THINGS), ACTIONS)
    for number, (deed, place, thing) in enumerate(told):
        chapter, line = divmod(number, ACTIONS // CHAPTERS)
        if not line:
            lines.append(f"第{chapter + 1}章 環境整治之{chapter + 1}")
        who = "由環保專幹" if number % 2 else ""
        lines.append(f"{line + 1}、{TIMES[number % 5]}{who}{deed}{place}的{thing}，覆蓋{number + 3}號樓。")
    return "\n".join(lines) + "\n"


def set_up() -> tuple[UUID, UUID]:
    """A community with its clerk, and the plan; gives the unit and the plan."""
    ground, rules = importlib.import_module("qingli.ground.actions"), importlib.import_module("qingli.ground.rules")
    key = uuid4()
    facts: dict[str, Any] = {"happened_at": NOW, "recorded_at": NOW}
    unit = ground.found_community(
        name="柳塘社區",
        person_name="林秀琴",
        username="lin",
        password=PASSWORD,
        kind=rules.UnitKind.COMMUNITY,
        script=rules.Script.HANT,
        by=rules.visitor(str(key)),
        key=key,
        **facts,
    ).object_id
    account = importlib.import_module("django.contrib.auth").get_user_model().objects.get(username="lin")
    asker = importlib.import_module("qingli.ground.queries").asker_of(account.pk, at=datetime.now(UTC))
    measures, written = importlib.import_module("qingli.web.measures"), text()
    reading = importlib.import_module("qingli.reading").read_text(written, match=measures.matcher().match).plans[0]
    print(f"{len(written)} characters, {len(reading.actions)} actions read")
    done = importlib.import_module("qingli.plan.actions").take_in_plan(
        unit_id=unit,
        reading=reading,
        text=written,
        catalogue=measures.catalogue(),
        by=asker,
        key=uuid4(),
        **facts,
    )
    importlib.import_module("django.db").connections.close_all()
    return unit, done.object_id


class Checker(Client):
    """A browser on the page."""

    there = ""

    def page(self, at: Any = "") -> str:
        status, page = self._ask("GET", f"{self.there}?at={at}" if at else self.there)
        assert status == 200, status
        return page.decode()

    def tap(self, form: dict[str, str], headers: dict[str, str]) -> Answer:
        answer = self.send(f"{self.there}act/", form, headers)
        assert answer.status == (200 if headers else 302), answer.status
        return answer

    def plain_tap(self, form: dict[str, str]) -> str:
        """Without JavaScript: the step, and the page that it leads to."""
        where = self.tap(form, {}).location.partition("#")[0]
        status, page = self._ask("GET", where)
        assert status == 200, status
        return page.decode()


def timed(name: str, server: int, ask: Callable[[], Any]) -> bool:
    """Print the figures; whether the p95 keeps the limit."""
    for _ in range(5):
        ask()
    spans, busy = [], processor(server)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = ask()
        spans.append((time.perf_counter() - start) * 1000)
    busy = (processor(server) - busy) * 1000 / ROUNDS
    p95, middle = statistics.quantiles(spans, n=20)[-1], statistics.median(spans)
    size = f", {len(answer) // 1000} kB"
    print(f"{name}: p50 {middle:.0f} ms, p95 {p95:.0f} ms, processor {busy:.0f} ms{size}", flush=True)
    return p95 < TARGET


def forms(client: Checker, rows: list[Any]) -> Iterator[dict[str, str]]:
    """What the buttons of these actions send, each read from the page that shows it."""
    page = ""
    for row in rows:
        found = _form(page, row.id) or _form(page := client.page(row.id), row.id)
        assert found
        yield {
            "csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0],
            "key": str(uuid4()),
            "do": "accept",
            "action": str(row.id),
            "row": found[1],
        }


def _form(page: str, action: UUID) -> re.Match[str] | None:
    return re.search(rf'name="action" value="{action}"><input type="hidden" name="row" value="([^"]+)"', page)


def main() -> int:
    """1 where a page takes longer than it may."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingli.settings"
    home = Path(tempfile.mkdtemp(prefix="qingli-benchmark-"))
    (home / "clock").write_text(NOW.isoformat(), encoding="ascii")
    os.environ |= {"QINGLI_HOME": str(home), "QINGLI_CLOCK_FILE": str(home / "clock"), "QINGLI_LOG_LEVEL": "ERROR"}
    importlib.import_module("qingli.cli.serve").prepare()
    unit, plan = set_up()
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "qingli", "serve", "--port", str(port), "--processes", "1"])
    try:
        client = Checker(port)
        client.sign_in("lin", PASSWORD)
        client.there = f"/w/{unit}/plans/{plan}/review/"
        return 0 if report(client, server.pid, plan) else 1
    finally:
        server.terminate()
        server.wait(20)


def report(client: Checker, server: int, plan: UUID) -> bool:
    actions = importlib.import_module("qingli.plan.models").Action
    rows = list(actions.objects.filter(plan_id=plan).order_by("order"))
    middle = rows[len(rows) // 2].id
    kept = [
        timed("nothing checked", server, client.page),
        timed("in the middle", server, lambda: client.page(middle)),
    ]
    number = ROUNDS + 5
    left = list(forms(client, rows[: 2 * number]))
    quick, plain = iter(left[:number]), iter(left[number:])
    kept.append(timed("one tap", server, lambda: client.tap(next(quick), {"HX-Request": "true"}).page))
    kept.append(timed("one tap without JavaScript", server, lambda: client.plain_tap(next(plain))))
    actions.objects.filter(plan_id=plan).update(review="accepted")
    kept.append(timed("everything accepted", server, client.page))
    return all(kept)


if __name__ == "__main__":
    sys.exit(main())
