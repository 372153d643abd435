"""manage.py export_scores, as a person or a script calls it."""

import json

import pytest
from django.core.management import CommandError, call_command

from offices.audit.models import Act, AuditEvent
from schedule.scoring.rounds import close_round
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)


def run(capsys, *arguments):
    call_command("export_scores", *arguments)
    return capsys.readouterr().out


@pytest.fixture
def head(plan):
    return make_assessor(plan)


def test_the_rounds_are_listed(plan, head, capsys):
    round_ = make_test_round(plan, head)

    told = json.loads(run(capsys, "--list", "--json"))

    assert [(one["id"], one["name"]) for one in told["rounds"]] == [
        (round_.pk, "第1次查核")
    ]
    assert run(capsys, "--list") == f"{round_.pk}\t第1次查核\n"


def test_items_with_points_weights_and_scores(plan, units, head, capsys):
    item = make_scored_item(plan, *units, points="4.5", name="防災")
    first, second = cells_in(item)
    round_ = make_test_round(plan, head)
    score(round_, head, {first: "80", second: "95.5"})
    close_round(round_, by=head.user)

    told = json.loads(run(capsys, str(round_.pk), "--json"))

    assert [one["unit"] for one in told["items"]] == ["民政課", "社會課"]
    one = told["items"][0]
    assert (one["name"], one["points"], one["score"]) == ("防災", 4.5, 3.879)
    assert [(i["weight"], i["score"]) for i in one["indicators"]] == [
        (60, 80),
        (40, 95.5),
    ]
    weighted = sum(i["weight"] * i["score"] for i in one["indicators"])
    assert one["score"] == pytest.approx(one["points"] * weighted / 10_000)
    assert AuditEvent.objects.filter(act=Act.SCORES_EXPORTED).count() == 1


def test_a_missing_score_is_null_and_never_zero(plan, unit, head, capsys):
    item = make_scored_item(plan, unit)
    round_ = make_test_round(plan, head)
    score(round_, head, {cells_in(item)[0]: "80"})

    (told,) = json.loads(run(capsys, str(round_.pk), "--json"))["items"]

    assert (told["score"], told["missing"]) == (None, 1)
    assert [one["score"] for one in told["indicators"]] == [80, None]
    assert run(capsys, str(round_.pk)) == "民政課\t尚缺 1 項\t\n"


@pytest.mark.parametrize("number", ["0", "x", "²", "9" * 30])
def test_an_unknown_round_is_told(db, number):
    with pytest.raises(CommandError, match="找不到編號"):
        call_command("export_scores", number)


def test_nothing_asked_is_told(db):
    with pytest.raises(CommandError, match="--list"):
        call_command("export_scores")
