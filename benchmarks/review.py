"""A draft of 500 actions: how long the page takes on which it is checked.

    .venv/bin/python -m benchmarks.review                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.review     on PostgreSQL, in an empty database

One warm client; the whole answer, database and drawing together, in milliseconds, and what it costs the processor: at
the beginning, in the middle and when everything is accepted; and one tap (accept, and where it leads).
"""

import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

ACTIONS, CHAPTERS, ROUNDS = 500, 20, 60
LIMIT = 150  # milliseconds
WORK = ("清理樓道雜物", "檢查沿街商舖", "清洗二次供水水箱", "舉辦垃圾分類講座", "巡查露天堆場")
TIMES = ("每月", "定期", "每季度", "10月31日前", "")
PASSWORD = "a quiet pond at noon"
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def text() -> str:
    """An invented plan: chapters of numbered lines, half of them without an owner or a time."""
    lines = ["柳塘社區2026年下半年環境保護工作計劃"]
    for chapter in range(CHAPTERS):
        lines.append(f"第{chapter + 1}章 環境整治之{chapter + 1}")
        for line in range(ACTIONS // CHAPTERS):
            number = chapter * ACTIONS // CHAPTERS + line
            who = "由環保專幹" if number % 2 else ""
            lines.append(f"{line + 1}、{TIMES[number % 5]}{who}{WORK[number % 5]}，覆蓋{number + 3}號樓。")
    return "\n".join(lines) + "\n"


def set_up() -> tuple[Any, UUID, UUID]:
    """A community with its clerk, and the plan; gives the clerk's client, the unit and the plan."""
    settings = importlib.import_module("django.conf").settings
    settings.ALLOWED_HOSTS.append("testserver")
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
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
    client = importlib.import_module("django.test").Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client, unit, done.object_id


def timed(name: str, ask: Callable[[], Any]) -> bool:
    """Print the figures; whether the p95 keeps the limit."""
    for _ in range(3):
        size = len(ask().content)
    spans, costs = [], []
    for _ in range(ROUNDS):
        start, cost = time.perf_counter(), time.thread_time()
        answer = ask()
        spans.append((time.perf_counter() - start) * 1000)
        costs.append((time.thread_time() - cost) * 1000)
        assert answer.status_code == 200, answer.status_code
    p95, middle = statistics.quantiles(spans, n=20)[-1], statistics.median(spans)
    print(
        f"{name}: p50 {middle:.0f} ms, p95 {p95:.0f} ms, processor {statistics.median(costs):.0f} ms, {size // 1000} kB"
    )
    return p95 < LIMIT


def main() -> int:
    """1 where a page takes longer than it may."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingli.settings"
    if "DATABASE_URL" not in os.environ:
        os.environ["QINGLI_HOME"] = tempfile.mkdtemp(prefix="qingli-benchmark-")
    os.environ.setdefault("QINGLI_LOG_LEVEL", "ERROR")
    importlib.import_module("django").setup()
    client, unit, plan = set_up()
    actions = importlib.import_module("qingli.plan.models").Action
    there = f"/w/{unit}/plans/{plan}/review/"
    rows = list(actions.objects.filter(plan_id=plan).order_by("order"))
    middle = rows[len(rows) // 2].id
    kept = [
        timed("nothing checked", lambda: client.get(there)),
        timed("in the middle", lambda: client.get(there, {"at": str(middle)})),
    ]
    left = iter(rows)

    def tap() -> Any:
        data = {"key": uuid4(), "do": "accept", "action": next(left).id, "row": "0-0"}
        return client.post(f"{there}act/", data, headers={"HX-Request": "true"})

    timed("one tap, without a limit", tap)
    actions.objects.filter(plan_id=plan).update(review="accepted")
    kept.append(timed("everything accepted", lambda: client.get(there)))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
