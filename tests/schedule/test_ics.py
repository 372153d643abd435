"""A control table as a calendar: read back strictly, as RFC 5545 has it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.timetable.ics import Entry, entries_of, escaped, folded, write_calendar
from schedule.timetable.model import Item, Method, Share, Stage, Timetable, UnitSheet

STAMP = datetime(2025, 6, 1, 4, 30, tzinfo=UTC)


def unfolded(calendar):
    """The lines of the file, each physical one checked."""
    assert calendar.endswith(b"\r\n")
    parts = calendar.split(b"\r\n")[:-1]
    assert all(len(part) <= 75 for part in parts)
    assert not any({0x0A, 0x0D} & set(part) for part in parts)
    lines: list[str] = []
    for part in parts:
        text = part.decode()  # each for itself: no character was cut
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def unescaped(value):
    signs = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), value)


def events_in(calendar):
    """The properties of each event, its parameters with its name."""
    lines = unfolded(calendar)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    opened: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            opened.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert opened.pop() == value
        elif opened[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = unescaped(value)
    assert opened == []
    return events


def make_timetable(*items, year=114):
    units = dict.fromkeys(share.unit for item in items for share in item.shares)
    sheets = [
        UnitSheet(unit, tuple(i for i in items if unit in {s.unit for s in i.shares}))
        for unit in units
    ]
    return Timetable(year, tuple(sheets))


CIVIL = (Share("民政課", id="s1"),)


def make_item(*methods, name="災害防救", shares=CIVIL):
    return Item(name, shares, methods=methods, id="i1")


def make_method(months, key="m7", **kwargs):
    kwargs.setdefault("kinds", ("實地",))
    return Method("實地（3月-5月）", months=months, id=key, **kwargs)


def written(*items, **kwargs):
    entries = entries_of(make_timetable(*items), **kwargs)
    return events_in(write_calendar("民政課", entries, STAMP))


def test_a_run_of_months_is_one_event_from_its_first_to_after_its_last_day():
    (event,) = written(make_item(make_method("001110000000")))

    assert event == {
        "UID": "m7-202503@annual-service-plans",
        "DTSTAMP": "20250601T043000Z",
        "DTSTART;VALUE=DATE": "20250301",
        "DTEND;VALUE=DATE": "20250601",
        "SUMMARY": "災害防救（實地）",
        "DESCRIPTION": "民政課\n考核方式：實地（3月-5月）",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }


def test_december_ends_with_the_year():
    (event,) = written(make_item(make_method("000000000001")))

    assert event["DTSTART;VALUE=DATE"] == "20251201"
    assert event["DTEND;VALUE=DATE"] == "20260101"


def test_key_months_are_events_of_their_own_and_say_so():
    events = written(make_item(make_method("011200000001")))

    assert [event["SUMMARY"] for event in events] == [
        "災害防救（實地）",
        "重點考核：災害防救（實地）",
        "災害防救（實地）",
    ]
    assert [event["DTSTART;VALUE=DATE"][4:6] for event in events] == ["02", "04", "12"]


def test_the_description_tells_parts_owners_text_and_stages_of_these_months():
    shares = (
        Share("民政課", Decimal("10.50"), ("甘文", "史乃")),
        Share("社會課", Decimal(4)),
    )
    stages = (Stage(3, 4, "規劃"), Stage(9, 9, "驗收"))
    method = make_method("001100001000", mark="2-1.", stages=stages)

    spring, autumn = written(make_item(method, shares=shares))

    assert spring["DESCRIPTION"].split("\n") == [
        "民政課，配分 10.5 分，承辦人：甘文、史乃",
        "社會課，配分 4 分",
        "考核方式：2-1.實地（3月-5月）",
        "階段：3–4月 規劃",
    ]
    assert autumn["DESCRIPTION"].endswith("階段：9月 驗收")


def test_proposed_months_are_tentative():
    (event,) = written(make_item(make_method("100000000000", confirmed=False)))

    assert event["STATUS"] == "TENTATIVE"
    assert event["DESCRIPTION"].endswith("月份尚待確認。")


def test_a_row_without_months_is_no_event():
    assert written(make_item(make_method("0" * 12))) == []


def test_a_method_without_kinds_is_called_as_its_item():
    (event,) = written(make_item(make_method("100000000000", kinds=())))

    assert event["SUMMARY"] == "災害防救"


def test_an_event_keeps_its_uid_while_its_words_and_its_end_change():
    before = written(make_item(make_method("011000000010")))
    after = written(make_item(make_method("011100000020"), name="防災整備"))

    assert [e["UID"] for e in before] == [e["UID"] for e in after]
    assert len({e["UID"] for e in before}) == 2


JOINT = make_item(
    make_method("100000000000", "m1"),
    make_method("010000000000", "m2", unit="民政課"),
    make_method("001000000000", "m3", unit="社會課"),
    shares=(Share("民政課", id="s1"), Share("社會課", id="s2")),
)
OTHER = make_item(make_method("000100000000", "m4"), shares=(Share("社會課", id="s3"),))


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({}, ["m1", "m2", "m3", "m4"]),
        ({"unit": "民政課"}, ["m1", "m2"]),
        ({"unit": "社會課"}, ["m1", "m3", "m4"]),
        ({"unit": "兵役課"}, []),
        ({"shares": {"s1"}}, ["m1", "m2"]),
        ({"shares": {"s3"}}, ["m4"]),
        ({"shares": set()}, []),
        ({"unit": "民政課", "shares": {"s2"}}, []),
    ],
)
def test_entries_are_those_of_the_unit_and_of_the_parts_asked_for(filters, keys):
    entries = entries_of(make_timetable(JOINT, OTHER), **filters)

    assert [entry.uid.split("-")[0] for entry in entries] == keys


def test_a_calendar_without_events_still_has_a_component_and_a_name():
    lines = unfolded(write_calendar("社會課；預備", [], STAMP))

    assert "BEGIN:VTIMEZONE" in lines
    assert "X-WR-CALNAME:社會課；預備" in lines
    assert "BEGIN:VEVENT" not in lines


def test_signs_and_line_ends_of_a_text_are_escaped():
    assert escaped("甲;乙,丙\\丁\r\n戊\r己\x00\x1b") == "甲\\;乙\\,丙\\\\丁\\n戊\\n己"


@given(st.text())
def test_any_text_comes_back_from_a_calendar(text):
    entry = Entry("u1", text, date(2025, 3, 1), date(2025, 3, 31), text)
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))

    (event,) = events_in(write_calendar(text, [entry], STAMP))

    assert event["SUMMARY"] == plain
    assert event.get("DESCRIPTION", "") == plain


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n")))
def test_folding_loses_nothing_and_cuts_no_character(line):
    parts = list(folded(line))

    assert all(len(part) <= 75 for part in parts)
    assert all(part.decode().startswith(" ") for part in parts[1:])
    assert parts[0].decode() + "".join(p.decode()[1:] for p in parts[1:]) == line


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150])
def test_lines_are_no_shorter_than_they_need_be(length):
    parts = list(folded("x" * length))

    assert len(parts) == 1 + max(0, -(-(length - 75) // 74))
