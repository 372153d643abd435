"""The production settings plus a view that says hello, for comparison."""

from config.settings import *  # noqa: F403  # the real settings are what is measured

ROOT_URLCONF = "tests.bench.urls"
