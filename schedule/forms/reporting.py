"""One row of 「本期填報」 as it is typed, and what is told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from plans.forms.typed_text import TextLines, printable

from ..models import Standing
from ..reporting.lights import LATE, Thresholds, light_of
from ..reporting.pages.rows import ReportRow
from ..reporting.reports import Told
from ..reporting.settings import Named
from .fields import NumberField
from .marking import mark_mistakes

LONGEST_WORDS = 2_000
NO_VERSION = -1
STYLES = {
    "status": "form-select",
    "carried": "form-check-input",
    "done": "form-check-input",
}
TYPED = ("status", "percent", "words", "cause", "remedy", "carried", "done")


class ReportForm(forms.Form):
    """One row; ``seen`` tells whether anything on it was touched.

    Nothing typed is lost: what is refused comes back as it was typed.
    """

    status = forms.ChoiceField(
        label="狀態",
        required=False,
        error_messages={"invalid_choice": "請選擇清單裡的狀態。"},
    )
    percent = NumberField(label="累計％", most=100, places=2, unit="累計百分比")
    words = TextLines(label="辦理情形", rows=2, max_length=LONGEST_WORDS)
    cause = TextLines(label="落後原因", rows=2, max_length=LONGEST_WORDS)
    remedy = TextLines(label="改善措施", rows=2, max_length=LONGEST_WORDS)
    carried = forms.BooleanField(label="沿用上期文字", required=False)
    done = forms.BooleanField(label="本項填報完成", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self,
        *args: Any,
        row: ReportRow,
        statuses: Sequence[Named],
        thresholds: Thresholds,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("prefix", f"r{row.share.pk}")
        kwargs.setdefault("initial", _initial(row, statuses))
        super().__init__(*args, **kwargs)
        self.row, self.thresholds = row, thresholds
        self.standings = dict(statuses)
        if row.report and row.report.status:
            # The word of the time stays, also where the office dropped it since.
            self.standings.setdefault(row.report.status, row.report.standing)
        field = self.fields["status"]
        field.choices = [(name, name) for name in self.standings]  # type: ignore[attr-defined]
        self._dress()
        mark_mistakes(self)

    def _dress(self) -> None:
        for name, field in self.fields.items():
            field.widget.attrs["class"] = STYLES.get(name, "form-control")
        for name in ("words", "cause", "remedy"):
            self.fields[name].widget.attrs["maxlength"] = str(LONGEST_WORDS)

    def was_touched(self) -> bool:
        """Whether a person changed anything since the row was shown to them."""
        if not any(self.add_prefix(name) in self.data for name in TYPED):
            return False
        typed = [str(self.data.get(self.add_prefix(name), "")) for name in TYPED]
        return fingerprint(typed) != str(self.data.get(self.add_prefix("seen"), ""))

    def clean_version(self) -> int:
        """What is no version never was one: the row counts as changed meanwhile."""
        version: str = self.cleaned_data["version"]
        is_number = version.isascii() and version.isdigit() and len(version) < 10
        return int(version) if is_number else NO_VERSION

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        standing = self.standings.get(cleaned.get("status", ""), "")
        if not standing and "status" not in self.errors:
            self.add_error("status", "請選擇狀態。")
        if cleaned.get("carried") and not cleaned.get("words"):
            cleaned["words"] = self.row.last_words
        if "percent" not in self.errors:
            self._check_percent(standing, cleaned)
        if not cleaned.get("words") and standing not in {"", Standing.NOT_STARTED}:
            self._add_once("words", "請填寫辦理情形。")
        self._check_late(standing, cleaned)
        return cleaned

    def _check_percent(self, standing: str, cleaned: dict[str, Any]) -> None:
        """完成 is 100 and 未開始 is 0, also where nothing was typed."""
        fixed = {Standing.DONE: Decimal(100), Standing.NOT_STARTED: Decimal(0)}
        wanted = fixed.get(Standing(standing)) if standing else None
        percent = cleaned.get("percent")
        if percent is None:
            cleaned["percent"] = wanted
            if wanted is None:
                self.add_error("percent", "請填寫累計百分比，0 到 100。")
        elif wanted is not None and percent != wanted:
            status = cleaned["status"]
            self.add_error(
                "percent", f"狀態是「{status}」時，累計須為 {wanted}%；或改選別的狀態。"
            )

    def _check_late(self, standing: str, cleaned: dict[str, Any]) -> None:
        percent = cleaned.get("percent")
        found = light_of(standing, percent, self.row.planned, self.thresholds)
        if found in LATE:
            for name, words in (("cause", "落後原因"), ("remedy", "改善措施")):
                if not cleaned.get(name):
                    self._add_once(name, f"進度落後，請填寫{words}。")

    def _add_once(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    def told(self) -> Told:
        """What save_report takes; 沿用 is a fact about the words, not the tick."""
        cleaned = self.cleaned_data
        words, last = cleaned["words"], self.row.last_words
        return Told(
            cleaned["status"],
            self.standings[cleaned["status"]],
            cleaned["percent"],
            words,
            cleaned["cause"],
            cleaned["remedy"],
            is_carried_over=bool(words) and words == last,
            is_done=cleaned["done"],
        )


def _initial(row: ReportRow, statuses: Sequence[Named]) -> dict[str, Any]:
    """The report as it stands; a row without one proposes the last status."""
    report, last = row.report, row.last
    has = report is not None and report.is_reported
    known = [name for name, _ in statuses]
    proposed = last.status if last and last.status in known else ""
    if not proposed:
        proposed = _first_running(statuses)
    initial = {
        "status": report.status if report and has else proposed,
        "percent": report.percent if report and has else None,
        "words": report.words if report else "",
        "cause": report.cause if report else "",
        "remedy": report.remedy if report else "",
        "carried": bool(report and report.is_carried_over),
        "done": bool(report and report.is_done),
        "version": row.version,
    }
    initial["seen"] = fingerprint(_as_sent(initial))
    return initial


def _first_running(statuses: Sequence[Named]) -> str:
    running = [name for name, standing in statuses if standing == Standing.RUNNING]
    return next(iter([*running, *(name for name, _ in statuses)]), "")


def _as_sent(initial: dict[str, Any]) -> list[str]:
    """The values as an untouched form sends them."""
    percent = NumberField(most=100, places=2, unit="").prepare_value(initial["percent"])
    return [
        initial["status"],
        percent or "",
        initial["words"],
        initial["cause"],
        initial["remedy"],
        "on" if initial["carried"] else "",
        "on" if initial["done"] else "",
    ]


def fingerprint(typed: Sequence[str]) -> str:
    """Tells two states of a row's fields apart, whatever the browser's line ends."""
    plain = "\x1f".join(printable(text).strip() for text in typed)
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:16]
