"""Files as people have them: every row is taken, or refused with a reason, and nothing missing becomes zero."""

import csv
import io
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.savings import FileError, Readings, read_readings, read_weather
from qingli.savings.weather import day_number

BILLS = "電號,計費起日,計費迄日,用電量(度)\n"


def _read(text: str, **words: str) -> Readings:
    return read_readings(text.encode(), **words)  # type: ignore[arg-type]


def _bills(text: str, **words: str) -> list[tuple[int, float | None]]:
    (meter,) = _read(text, **words).meters
    return [(bill.days, bill.use) for bill in meter.bills]


def _refused(text: str, **words: str) -> list[tuple[int, str]]:
    return [(each.row, each.code) for each in _read(text, **words).refused]


def test_bills_whose_last_day_counts_and_bills_whose_does_not() -> None:
    inclusive = BILLS + "甲,2024/1/1,2024/2/29,500\n甲,2024/3/1,2024/4/30,600\n"
    exclusive = BILLS + "甲,2024/1/1,2024/3/1,500\n甲,2024/3/1,2024/5/1,600\n"
    assert _bills(inclusive) == _bills(exclusive) == [(60, 500), (61, 600)]
    (meter,) = _read(inclusive).meters
    assert (meter.kind, meter.unit, [note.code for note in meter.notes]) == ("electricity", "kWh", ["ends-inclusive"])
    assert meter.bills[0].source == "2"


def test_a_missing_month_stays_missing_and_february_29_is_a_day() -> None:
    text = "meter,month,use (kWh)\na,2024-01,310\na,2024-02,290\na,2024-04,300\na,2024-05,NaN\na,2024-06,\n"
    assert _bills(text) == [(31, 310), (29, 290), (31, None), (30, 300), (31, None), (30, None)]


def test_dates_of_the_republic_and_dates_that_cannot_be_told_apart() -> None:
    (meter,) = _read(BILLS + "甲,113/1/1,113/2/29,500\n甲,民國113年3月1日,民國113年4月30日,600\n").meters
    assert meter.bills[0].start == day_number(date(2024, 1, 1))
    text = "meter,start,end,use (kWh)\na,03/04/2024,05/05/2024,1\na,13/04/2024,25/05/2024,1\n"
    assert _refused(text) == [(2, "date-ambiguous")]
    assert _refused(text, order="dmy") == [(3, "overlap"), (2, "clashes")][::-1]


def test_units_are_never_dropped_in_silence() -> None:
    cells = "a,electricity,1.5,MWh b,water,30,度 c,gas,20,m³ d,water,4000,L e,paper,3,令 f,,30,度"
    cells += " g,electricity,30,m3 h,gas,30,kWh i,water,30,gallon j,water,30,"
    rows = "meter,kind,use,unit,month\n" + "".join(f"{each},2024-01\n" for each in cells.split(" "))
    found = _read(rows)
    assert {m.name: (m.kind, m.unit, m.bills[0].use) for m in found.meters} == {
        "a": ("electricity", "kWh", 1500.0),
        "b": ("water", "m3", 30.0),
        "c": ("gas", "m3", 20.0),
        "d": ("water", "m3", 4.0),
        "e": ("paper", "sheet", 1500.0),
    }
    assert [(each.row, each.code) for each in found.refused] == [
        (7, "unit-ambiguous"),
        (8, "unit-does-not-fit"),
        (9, "unit-does-not-fit"),
        (10, "unit-unknown"),
        (11, "unit-missing"),
    ]


def test_of_two_rows_for_the_same_days_neither_is_believed_unless_they_agree() -> None:
    same = BILLS + "甲,2024/1/1,2024/1/31,500\n甲,2024/1/1,2024/1/31,500\n甲,2024/2/1,2024/2/29,400\n"
    assert _bills(same) == [(31, 500), (29, 400)]
    assert _refused(same) == [(3, "duplicate")]
    other = same.replace("31,500\n甲,2024/2", "31,501\n甲,2024/2")
    assert _bills(other) == [(29, 400)]
    assert _refused(other) == [(2, "clashes"), (3, "conflict")]
    over = BILLS + "甲,2024/1/1,2024/1/31,500\n甲,2024/1/20,2024/2/29,400\n甲,2024/3/1,2024/3/31,300\n"
    assert _bills(over) == [(31, 300)]
    assert _refused(over) == [(2, "clashes"), (3, "overlap")]


def test_registers_roll_over_are_exchanged_and_sometimes_fall() -> None:
    head = "meter,date,reading,unit,exchanged\n"
    rolled = head + "a,2024-01-01,99800,kWh,\na,2024-02-01,00100,kWh,\na,2024-03-01,00350,kWh,\n"
    assert _bills(rolled) == [(31, 300), (29, 250)]
    (meter,) = _read(rolled).meters
    assert [(note.code, note.facts["digits"]) for note in meter.notes] == [("rolled-over", 5)]
    new = head + "a,2024-01-01,5000,kWh,\na,2024-02-01,20,kWh,yes\na,2024-03-01,120,kWh,\n"
    assert _bills(new) == [(31, None), (29, 100)]
    assert _refused(new) == [(3, "exchanged-without-last-reading")]
    closed = head + "a,2024-01-01,5000,kWh,\na,2024-02-01,5300,kWh,\na,2024-02-01,20,kWh,yes\na,2024-03-01,120,kWh,\n"
    assert _bills(closed) == [(31, 300), (29, 100)]
    fell = head + "a,2024-01-01,5000,kWh,\na,2024-02-01,520,kWh,\na,2024-03-01,5600,kWh,\n"
    assert _bills(fell) == [(60, 600)]
    assert _refused(fell) == [(3, "reading-fell")]


def test_hours_are_summed_by_local_day_and_a_clock_change_is_no_gap() -> None:
    rows = ["timestamp,use (kWh)"]
    for day in range(28, 32):
        rows += [f"2024-03-{day} {hour:02d}:00,1" for hour in range(24) if not (day == 31 and hour == 1)]
    del rows[30:40]  # a third of the second day
    (meter,) = _read("\n".join(rows), zone="Europe/London").meters
    assert [bill.use for bill in meter.bills] == [24, None, 24, 23]
    assert [(note.code, note.facts["partial"]) for note in meter.notes] == [("summed-by-day", 1)]


def test_moments_with_an_offset_belong_to_the_local_day() -> None:
    text = "timestamp,use (kWh)\n2024-01-01T16:30:00Z,1\n2024-01-02T16:30:00Z,2\n2024-01-03T16:30:00Z,3\n"
    (meter,) = _read(text, zone="Asia/Taipei").meters
    assert meter.bills[0].start == day_number(date(2024, 1, 2))


def test_numbers_as_people_write_them() -> None:
    rows = "meter,month,use (kWh)\n" + "".join(
        f'a,2024-{month:02d},"{text}"\n'
        for month, text in enumerate(["1,234.5", "１２３", " 12 ", "1.2e3", "-5", "12,34", "abc", "inf", "—"], 1)
    )
    assert _bills(rows) == [(31, 1234.5), (29, 123), (31, 12), (30, 1200), (31, -5), (92, None), (30, None)]
    assert _refused(rows) == [(7, "not-a-number"), (8, "not-a-number"), (9, "not-a-number")]
    assert _refused("meter,month,use (m3)\na,2024-01,-5\n", kind="water") == [(2, "negative")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = BILLS + "社區會堂,2024/1/1,2024/2/29,500\n社區會堂,2024/3/1,2024/4/30,600\n"
    found = read_readings(text.encode(encoding))
    assert [meter.name for meter in found.meters] == ["社區會堂"]
    assert found.refused == ()


def test_files_that_are_none() -> None:
    for data, code in (
        (b"", "empty"),
        (b"\x00\x00", "empty"),
        (b"a,b\n1,2\n", "no-head"),
        (b"PK\x03\x04junk", "not-readable"),
    ):
        with pytest.raises(FileError) as caught:
            read_readings(data)
        assert caught.value.code == code
    with pytest.raises(FileError) as caught:
        read_readings(bytes(range(128, 256)) * 20)
    assert caught.value.code == "unknown-encoding"


def test_excel_with_a_title_above_the_head_and_real_dates(tmp_path: Path) -> None:
    path = tmp_path / "bills.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("說明").write(0, 0, "這裡沒有資料")
        sheet = book.add_worksheet("用水")
        style = book.add_format({"num_format": "yyyy/mm/dd"})
        sheet.write(0, 0, "社區用水紀錄")
        sheet.write_row(2, 0, ["水號", "上次抄表日", "本次抄表日", "用水量(度)", "估計"])
        for row, (start, end, use, guess) in enumerate(
            [((2024, 1, 1), (2024, 2, 29), 50, ""), ((2024, 3, 1), (2024, 4, 30), 55.5, "是")], 3
        ):
            sheet.write(row, 0, 123456)
            sheet.write_datetime(row, 1, datetime(*start), style)
            sheet.write_datetime(row, 2, datetime(*end), style)
            sheet.write_row(row, 3, [use, guess])
        sheet.write_row(5, 0, [123456, "", "x", 3])
        sheet.write_string(5, 1, "=1+1")
    found = read_readings(path)
    (meter,) = found.meters
    assert (meter.name, meter.kind, found.sheet) == ("123456", "water", "用水")
    assert [(bill.days, bill.use, bill.estimated, bill.source) for bill in meter.bills] == [
        (60, 50, False, "用水!4"),
        (61, 55.5, True, "用水!5"),
    ]
    listed = list(csv.DictReader(io.StringIO(found.not_taken_csv().decode("utf-8-sig"))))
    assert [(row["row"], row["reason"], row["cell"]) for row in listed] == [("6", "not-a-date", "'=1+1")]


def test_columns_that_the_user_names() -> None:
    text = "Zähler;von;bis;Menge\nA;2024-01-01;2024-01-31;5\n"
    with pytest.raises(FileError):
        read_readings(text.encode())
    found = read_readings(
        text.encode(),
        mapping={"meter": "Zähler", "start": "von", "end": "bis", "use": "Menge"},
        unit="kWh",
        kind="electricity",
    )
    assert [(meter.name, meter.bills[0].use) for meter in found.meters] == [("A", 5.0)]
    with pytest.raises(FileError) as caught:
        read_readings(text.encode(), mapping={"colour": "von"})
    assert caught.value.code == "no-such-role"


def test_weather_by_the_hour_over_a_clock_change_and_weather_that_is_none() -> None:
    rows = ["time,temperature"]
    for day in range(26, 29):
        for hour in range(24):
            rows.append(f"2024-10-{day} {hour:02d}:00,{day}.0")
            if day == 27 and hour == 1:
                rows.append("2024-10-27 01:00,26.5")
    (station,) = read_weather("\n".join(rows).encode(), zone="Europe/London").stations
    assert list(station.hours) == [24, 25, 24]
    assert list(station.wanted) == [24, 25, 24]
    assert station.means[0] == pytest.approx(26 * 1.8 + 32)
    for text, code in (
        ("time,temperature\n2024-01-01,300\n", "weather-row"),
        ("time,temperature\n2024-01-01,\n", "no-temperatures"),
    ):
        with pytest.raises(FileError) as caught:
            read_weather(text.encode())
        assert caught.value.code == code


_CELL = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12),
    st.sampled_from(
        ["", "NaN", "-", "2024-01-01", "2024/2/30", "113/5/1", "31/12/2024", "1,234", "-1", "1e9", "度", "kWh", "水"]
    ),
    st.floats().map(str),
    st.dates(date(1890, 1, 1), date(2220, 1, 1)).map(str),
)
_HEADS = [
    ["meter", "start", "end", "use", "unit"],
    ["電號", "日期", "讀數", "單位", "換表"],
    ["水號", "月份", "用水量(度)", "估計", "人數"],
    ["date", "use (kWh)", "station", "kind", "meter"],
]


@settings(max_examples=200, deadline=None)
@given(head=st.sampled_from(_HEADS), rows=st.lists(st.lists(_CELL, min_size=5, max_size=5), min_size=1, max_size=12))
def test_whatever_the_cells_say_rows_are_taken_or_refused_and_bills_never_overlap(
    head: list[str], rows: list[list[str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    found = read_readings(text.getvalue().encode())
    for meter in found.meters:
        for one, other in zip(meter.bills, meter.bills[1:], strict=False):
            assert one.end <= other.start
        assert all(bill.days > 0 for bill in meter.bills)
        assert all(bill.use is None or abs(bill.use) <= 1e19 for bill in meter.bills)
    rows_refused = [each.row for each in found.refused]
    assert len(rows_refused) == len(set(rows_refused)), "a row is refused once"
    assert all(each.code for each in found.refused)
    assert found.taken >= 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    for read in (read_readings, read_weather):
        with suppress(FileError):
            read(data)
