"""What is typed about a defect: its words and its units; what the list shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from offices.forms.fields import RocDateField
from offices.models import WRITERS, Member, Unit
from plans.forms.typed_text import TextLines
from plans.models import Plan

from ..defects.opening import Named, Wording, is_untouched
from ..models import Defect, DefectKind, DefectTarget, Item
from .defect_rounds import LONGEST_WORDS, VersionField
from .rounds import STYLES, dressed
from .settings import LineField


class WordingForm(forms.Form):
    """What the defect says; ``due_on`` counts for all units without a day of their own."""

    kind = forms.ChoiceField(
        label="類別",
        choices=DefectKind.choices,
        error_messages={"invalid_choice": "請選擇清單裡的類別。"},
    )
    title = LineField(
        label="缺失名稱",
        max_length=120,
        error_messages={"required": "請用一句話寫出缺失名稱。"},
    )
    text = TextLines(label="缺失內容", rows=4, max_length=LONGEST_WORDS)
    source = LineField(
        label="查核來源",
        max_length=120,
        error_messages={"required": "請填寫是哪一次查核、由誰查核。"},
    )
    found_on = RocDateField(label="查核日期", help_text="")
    item = forms.ModelChoiceField(
        Item.objects.none(),
        label="管制項目",
        required=False,
        empty_label="不屬於單一項目",
        error_messages={"invalid_choice": "請選擇清單裡的管制項目。"},
    )
    due_on = RocDateField(label="共同期限", required=False, help_text="")
    version = VersionField()

    def __init__(
        self, *args: Any, plan: Plan, defect: Defect | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(defect) if defect else {})
        super().__init__(*args, **kwargs)
        items = self.fields["item"]
        items.queryset = plan.items.standing()  # type: ignore[attr-defined]
        dressed(self)

    def clean_found_on(self) -> date:
        day: date = self.cleaned_data["found_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("查核日期不能在今天以後。")
        return day

    def wording(self) -> Wording:
        said = self.cleaned_data
        return Wording(*(said[name] for name in Wording.__slots__))


def _initial(defect: Defect) -> dict[str, Any]:
    return {
        "kind": defect.kind,
        "title": defect.title,
        "text": defect.text,
        "source": defect.source,
        "found_on": defect.found_on,
        "item": defect.item_id,
        "version": defect.version,
    }


class UnitForm(forms.Form):
    """One unit: whether it is to mend the defect, until when, and who there."""

    on = forms.BooleanField(required=False)
    due_on = RocDateField(required=False, help_text="")
    owner = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "請選擇這個課室的承辦人。"},
    )

    def __init__(
        self,
        *args: Any,
        unit: Unit,
        members: Sequence[Member],
        target: DefectTarget | None,
        **kwargs: Any,
    ) -> None:
        owner = target.owner_id if target else None
        kwargs["initial"] = {"on": target is not None, "owner": owner or ""}
        kwargs["prefix"] = f"u{unit.pk}"
        super().__init__(*args, **kwargs)
        self.unit, self.target = unit, target
        self.members: Mapping[str, Member] = {str(one.pk): one for one in members}
        choices = [(key, str(one.user)) for key, one in self.members.items()]
        self.fields["owner"].choices = [("", "不指定"), *choices]  # type: ignore[attr-defined]
        self._label()
        dressed(self)

    def _label(self) -> None:
        """Heads of the columns are for those who see them; each field says its own."""
        self.fields["on"].label = str(self.unit)
        self.fields["due_on"].label = f"{self.unit}的期限"
        self.fields["owner"].label = f"{self.unit}的承辦人"
        if self.target:
            del self.fields["due_on"]
            if not is_untouched(self.target):
                del self.fields["on"]

    @property
    def is_on(self) -> bool:
        """Whether the unit is to mend it; one that has answered always is."""
        return "on" not in self.fields or bool(self.cleaned_data.get("on"))

    def named(self, due_on: date | None) -> Named | None:
        """None where no due day is known."""
        known = self.target.due_on if self.target else None
        due = known or self.cleaned_data.get("due_on") or due_on
        owner = self.members.get(self.cleaned_data.get("owner", ""))
        return Named(self.unit, due, owner) if due else None


class DefectForms:
    """The whole page: the wording, and a line for each unit of the office."""

    def __init__(
        self,
        plan: Plan,
        data: Any = None,
        *,
        defect: Defect | None = None,
        item: str = "",
    ) -> None:
        first = {"item": item} if item and defect is None else None
        start = {"initial": first} if first else {}
        self.wording = WordingForm(data, plan=plan, defect=defect, **start)
        targets = {t.unit_id: t for t in defect.targets.all()} if defect else {}
        members = _members_by_unit(plan, targets.values())
        self.units = [
            UnitForm(
                data,
                unit=unit,
                members=members.get(unit.pk, []),
                target=targets.get(unit.pk),
            )
            for unit in plan.office.units.all()
        ]
        self.units_problem = ""

    @property
    def is_bound(self) -> bool:
        return self.wording.is_bound

    def is_valid(self) -> bool:
        """All of it is checked, so that every mistake is told at once."""
        if not self.is_bound:
            return False
        checked = [form.is_valid() for form in (self.wording, *self.units)]
        self._check_units()
        is_marked = any(one.errors for one in self.units)
        return all(checked) and not self.units_problem and not is_marked

    def _check_units(self) -> None:
        """Each that is ticked needs a due day, not before the defect was found."""
        chosen = [one for one in self.units if one.is_on]
        if not chosen:
            self.units_problem = "請至少勾選一個課室。"
        common = self.wording.cleaned_data.get("due_on")
        found_on = self.wording.cleaned_data.get("found_on")
        common_is_wrong = "due_on" in self.wording.errors
        for one in chosen:
            named = one.named(common)
            if named is None and not one.errors and not common_is_wrong:
                self._mark(one, "請填寫期限，或填寫上面的共同期限。")
            elif named and found_on and not one.target and named.due_on < found_on:
                self._mark(one, "期限不能早於查核日期。")

    def _mark(self, form: UnitForm, problem: str) -> None:
        form.add_error("due_on", problem)
        dressed(form)

    def named(self) -> list[Named]:
        """The units ticked, in the order of the office."""
        common = self.wording.cleaned_data.get("due_on")
        found = (one.named(common) for one in self.units if one.is_on)
        return [one for one in found if one is not None]

    def dropped(self) -> list[DefectTarget]:
        """Units that were named and are ticked no more."""
        return [one.target for one in self.units if one.target and not one.is_on]


def _members_by_unit(
    plan: Plan, targets: Iterable[DefectTarget]
) -> dict[int, list[Member]]:
    """Who writes in each unit, with the owners named already; one query."""
    members = plan.office.members.active().filter(roles__role__in=WRITERS)
    found: dict[int, list[Member]] = {}
    for member in members.select_related("user").distinct():
        if member.unit_id:
            found.setdefault(member.unit_id, []).append(member)
    for target in targets:
        known = found.setdefault(target.unit_id, [])
        if target.owner and target.owner not in known:
            known.append(target.owner)
    return found


class DefectFilterForm(forms.Form):
    """Unit, state, kind, overdue; a value that is none of them filters nothing."""

    unit = forms.ChoiceField(label="課室", required=False)
    state = forms.ChoiceField(label="狀態", required=False)
    kind = forms.ChoiceField(
        label="類別", required=False, choices=[("", "全部"), *DefectKind.choices]
    )
    overdue = forms.BooleanField(label="只看逾期", required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(unit.pk), unit.name) for unit in units]
        self.fields["unit"].choices = [("", "全部"), *chosen]  # type: ignore[attr-defined]
        states = DefectTarget._meta.get_field("state").choices or []
        self.fields["state"].choices = [("", "全部"), *states]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = STYLES[type(field.widget)]

    def wanted(self) -> dict[str, Any]:
        """The filters that fit."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
