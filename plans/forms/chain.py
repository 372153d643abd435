"""The office's chain of review: one small form for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from offices.models import Office

from ..models import ChainStep
from ..models.review import REVIEWING

MOST_STEPS = 12
SPARE_STEPS = 2


class ChainStepForm(forms.ModelForm[ChainStep]):
    """One step; an empty name makes no step."""

    order = forms.IntegerField(
        label="順序",
        min_value=1,
        max_value=99,
        required=False,
        error_messages={"min_value": "順序從 1 開始。", "max_value": "順序最多 99。"},
    )

    class Meta:
        model = ChainStep
        fields = ("name", "role", "unit", "only_comments")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(("order", "name", "role", "unit", "only_comments"))
        self.fields["name"].required = False
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "（請選擇）"),
            *((role.value, role.label) for role in REVIEWING),
        ]
        unit = self.fields["unit"]
        unit.queryset = office.units.all()  # type: ignore[attr-defined]
        unit.empty_label = "（不限課室）"  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            plain = "form-select" if name in {"role", "unit"} else "form-control"
            tick = name == "only_comments"
            field.widget.attrs["class"] = "form-check-input" if tick else plain


class BaseChainFormSet(forms.BaseFormSet[ChainStepForm]):
    """The whole chain; at least one step decides."""

    def clean(self) -> None:
        if any(self.errors):
            return
        if all(step.only_comments for step in self.steps()):
            raise ValidationError(
                "至少要有一個決定的步驟；最後一個決定的步驟就是核定。"
            )

    def steps(self) -> list[ChainStep]:
        """Named steps in the order of their numbers; those without one come last."""
        named = [form for form in self.forms if form.cleaned_data.get("name")]
        ordered = sorted(named, key=lambda form: form.cleaned_data["order"] or 99)
        return [form.instance for form in ordered]


ChainFormSet = forms.formset_factory(
    ChainStepForm,
    formset=BaseChainFormSet,
    extra=SPARE_STEPS,
    max_num=MOST_STEPS,
    validate_max=True,
)


def chain_formset(
    office: Office, steps: list[ChainStep], data: Any = None
) -> BaseChainFormSet:
    """With what was sent, or what stands there."""
    initial = [
        {
            "order": place,
            "name": step.name,
            "role": step.role,
            "unit": step.unit_id,
            "only_comments": step.only_comments,
        }
        for place, step in enumerate(steps, start=1)
    ]
    return ChainFormSet(  # type: ignore[return-value]
        data, initial=initial, form_kwargs={"office": office}
    )
