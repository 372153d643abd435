"""Fixtures that every test may use."""

import pytest


@pytest.fixture(autouse=True)
def _quick_and_local(settings, tmp_path):
    """Weak hashing keeps the suite quick; files of a test die with it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
