"""What every form says about a refused value, in the words of this office's people.

Django's own Chinese messages read like a translation; fields that need more exact
words still bring their own.
"""

from django import forms
from django.core import validators


def use_own_words() -> None:
    """Called once when Django starts."""
    forms.Field.default_error_messages["required"] = "請填寫這一欄。"
    forms.IntegerField.default_error_messages["invalid"] = "請填整數，例如 3。"
    forms.DecimalField.default_error_messages["invalid"] = "請填數字，例如 12.5。"
    forms.ChoiceField.default_error_messages["invalid_choice"] = "請從清單中選一項。"
    forms.ModelChoiceField.default_error_messages["invalid_choice"] = (
        "請從清單中選一項。"
    )
    validators.MinValueValidator.message = "不可小於 %(limit_value)s。"
    validators.MaxValueValidator.message = "不可大於 %(limit_value)s。"
    validators.MaxLengthValidator.message = (
        "最多 %(limit_value)d 個字，現在有 %(show_value)d 個字。"
    )
