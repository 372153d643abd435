"""The words with which forms refuse a value."""

import pytest
from django import forms


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(), "", "請填寫這一欄。"),
        (forms.CharField(max_length=3), "一二三四", "最多 3 個字，現在有 4 個字。"),
        (forms.IntegerField(), "三", "請填整數，例如 3。"),
        (forms.IntegerField(max_value=24), "25", "不可大於 24。"),
        (forms.DecimalField(min_value=1), "0", "不可小於 1。"),
        (forms.DecimalField(), "多", "請填數字，例如 12.5。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "請從清單中選一項。"),
    ],
)
def test_a_refused_value_is_told_in_plain_words(field, typed, words):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [words]
