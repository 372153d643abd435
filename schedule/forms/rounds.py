"""A round of assessment, who scores in it, and an office's grades."""

from __future__ import annotations

from typing import Any

from django import forms

from offices.forms.fields import RocDateField
from offices.models import Member, Unit
from plans.forms.typed_text import TextLines
from plans.models import Plan

from ..assessment.rules import BadRules, Rules, Scheme, rules_from
from ..models import GradeScale, Round
from ..scoring.roles import candidates
from ..scoring.scales import USUAL_NAME, usual_scale_of
from .fields import NumberField
from .marking import mark_mistakes
from .score_rules import (
    read_kpis,
    read_parts,
    read_scale,
    show_kpis,
    show_parts,
    show_scale,
)
from .settings import LineField

PERIODS = {
    "year": ("全年",),
    "halves": ("上半年", "下半年"),
    "quarters": ("第1季", "第2季", "第3季", "第4季"),
    "months": tuple(f"{month}月" for month in range(1, 13)),
}
PERIOD_CHOICES = [
    ("year", "全年一次"),
    ("halves", "每半年"),
    ("quarters", "每季"),
    ("months", "每月"),
]
USUAL = "usual"
TERMS = ("name", "stage", "occasion", "opens_on", "closes_on", "is_blind")
STYLES: dict[type[Any], str] = {
    forms.Select: "form-select",
    forms.CheckboxInput: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.TextInput: "form-control",
    forms.Textarea: "form-control",
}


def dressed(form: forms.Form) -> None:
    """Every field with the class of its kind; mistakes are marked."""
    for field in form.fields.values():
        style = STYLES.get(type(field.widget), "")
        field.widget.attrs["class"] = style
    mark_mistakes(form)


class RoundForm(forms.Form):
    """The terms of a round and the settings of its scheme; ``version`` guards them."""

    name = LineField(
        label="輪次名稱",
        max_length=60,
        error_messages={"required": "請輸入輪次名稱。"},
    )
    stage = forms.ChoiceField(label="階段", choices=Round.Stage.choices)
    occasion = forms.ChoiceField(label="時機", choices=Round.Occasion.choices)
    opens_on = RocDateField(label="開始日期", help_text="")
    closes_on = RocDateField(label="截止日期", help_text="")
    is_blind = forms.BooleanField(label="結束前評分人互相看不到分數", required=False)
    scale = forms.ChoiceField(label="等第標準", required=False)
    earlier = forms.ModelChoiceField(
        Round.objects.none(),
        label="對照的前一輪",
        required=False,
        empty_label="沒有",
    )
    scheme = forms.ChoiceField(label="評分方式", choices=Round.Scheme.choices)
    units_apart = forms.BooleanField(label="聯合項目由各課室分開評分", required=False)
    parts = TextLines(label="評分項目，一行一項", rows=5, max_length=4000)
    total = NumberField(label="構面總分", most=9999, places=2, unit="總分")
    floor = NumberField(label="不列名次的門檻", most=100, places=2, unit="門檻")
    kpis = TextLines(label="績效指標，一行一項", rows=4, max_length=6000)
    period = forms.ChoiceField(label="指標填報次數", choices=PERIOD_CHOICES)
    is_partial = forms.BooleanField(label="未達目標時按達成比例給分", required=False)
    bonus = TextLines(label="加分項目，一行一項", rows=2, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, plan: Plan, instance: Round, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(instance)
        super().__init__(*args, **kwargs)
        self.plan, self.instance = plan, instance
        self.rules: Rules | None = None
        earlier = Round.objects.filter(plan__office=plan.office).closed()
        rounds = earlier.exclude(pk=instance.pk).select_related("plan")
        self.fields["earlier"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["earlier"].label_from_instance = _with_year  # type: ignore[attr-defined]
        self.scales = {str(one.pk): one for one in plan.office.grade_scales.all()}
        self.fields["scale"].choices = self._scale_choices()  # type: ignore[attr-defined]
        dressed(self)

    def _scale_choices(self) -> list[tuple[str, str]]:
        """The office's own; the usual one while it has none."""
        own = [(key, one.name) for key, one in self.scales.items()]
        offered = own or [(USUAL, f"{USUAL_NAME}（90、80、70 分）")]
        if not self.instance.pk:
            self.initial["scale"] = offered[0][0]
        return [("", "不評等第"), *offered]

    def _scale(self) -> GradeScale | None:
        chosen = self.cleaned_data["scale"]
        if chosen == USUAL:
            return usual_scale_of(self.plan.office)
        return self.scales.get(chosen)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.plan.rounds.exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError("這份計畫已經有同名的輪次，請換一個名稱。")
        return name

    def clean_parts(self) -> Any:
        return read_parts(self.cleaned_data["parts"])

    def clean_bonus(self) -> Any:
        return read_parts(self.cleaned_data["bonus"])

    def clean_kpis(self) -> Any:
        return read_kpis(self.cleaned_data["kpis"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "截止日期在開始日期之前。")
        if not self.errors:
            try:
                self.rules = _rules(data)
            except BadRules as error:
                self.add_error(error.field, str(error))
        return data

    def values(self) -> dict[str, Any]:
        """What make_round and save_round take; makes the usual scale where chosen."""
        data = self.cleaned_data
        assert self.rules is not None  # noqa: S101 - set by clean()
        return {
            **{name: data[name] for name in TERMS},
            "scale": self._scale(),
            "earlier": data["earlier"],
            "scheme": data["scheme"],
            "settings": self.rules.to_settings(),
        }


def _initial(round_: Round) -> dict[str, Any]:
    rules = rules_from(round_.scheme, round_.settings) if round_.pk else None
    terms = {name: getattr(round_, name) for name in TERMS}
    first: dict[str, Any] = {
        **terms,
        "scale": round_.scale_id,
        "earlier": round_.earlier_id,
        "scheme": round_.scheme or Round.Scheme.POINTS,
        "version": round_.version,
        "period": "year",
    }
    if rules is None:
        return first
    periods = {months: key for key, months in PERIODS.items()}
    return first | {
        "units_apart": rules.units_apart,
        "parts": show_parts(rules.parts),
        "total": rules.total,
        "floor": rules.floor,
        "kpis": show_kpis(rules.kpis),
        "period": periods.get(rules.months, "year"),
        "is_partial": rules.is_partial,
        "bonus": show_parts(rules.bonus),
    }


def _rules(data: dict[str, Any]) -> Rules:
    """Of what was typed, what the scheme uses; raises BadRules."""
    scheme = Scheme(data["scheme"])
    is_kpi = scheme is Scheme.KPI
    with_parts = scheme not in {Scheme.POINTS, Scheme.KPI}
    return Rules(
        scheme,
        data["parts"] if with_parts else (),
        data["kpis"] if is_kpi else (),
        data["bonus"],
        data["total"] if scheme is Scheme.FACETS else None,
        data["floor"] if scheme is Scheme.RANKS else None,
        PERIODS[data["period"]] if is_kpi else PERIODS["year"],
        units_apart=data["units_apart"],
        is_partial=data["is_partial"] and is_kpi,
    )


def _with_year(round_: Round) -> str:
    return f"{round_.plan.year}年 {round_.name}"


class AssessorForm(forms.Form):
    """A member and the units that they score; none means all."""

    member = forms.ModelChoiceField(
        Member.objects.none(),
        label="評分人",
        empty_label="請選擇",
        error_messages={"required": "請選擇評分人。"},
    )
    # Not by a queryset, which would ask the database for any number that is sent.
    units = forms.MultipleChoiceField(
        label="評哪些課室", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_units = {str(unit.pk): unit for unit in plan.office.units.all()}
        choices = [(key, unit.name) for key, unit in self.known_units.items()]
        self.fields["units"].choices = choices  # type: ignore[attr-defined]
        member = self.fields["member"]
        member.queryset = candidates(plan)  # type: ignore[attr-defined]
        member.label_from_instance = _with_office(plan)  # type: ignore[attr-defined]
        dressed(self)

    def clean_units(self) -> list[Unit]:
        return [self.known_units[key] for key in self.cleaned_data["units"]]


def _with_office(plan: Plan) -> Any:
    def words(member: Member) -> str:
        if member.office_id != plan.office_id:
            return f"{member.user}（{member.office}）"
        return f"{member.user}（{member.unit}）" if member.unit else str(member.user)

    return words


class ScaleForm(forms.Form):
    """The name of a scale, and its grades from the best down."""

    name = LineField(
        label="標準名稱",
        max_length=40,
        error_messages={"required": "請輸入標準名稱。"},
    )
    grades = TextLines(label="等第和最低分數，一行一個", rows=6, max_length=2000)

    def __init__(self, *args: Any, instance: GradeScale, **kwargs: Any) -> None:
        self.instance = instance
        if instance.pk:
            grades = show_scale(instance.scale())
            kwargs["initial"] = {"name": instance.name, "grades": grades}
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = GradeScale.objects.filter(office=self.instance.office)
        if others.exclude(pk=self.instance.pk).filter(name=name).exists():
            raise forms.ValidationError("已經有同名的等第標準，請換一個名稱。")
        return name

    def clean_grades(self) -> Any:
        return read_scale(self.cleaned_data["grades"])
