"""The production settings plus views that say hello, for comparison."""

from config.settings import *  # noqa: F403  # the real settings are what is measured
from config.settings import ALLOWED_HOSTS, STORAGES

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
# Addresses of static files without the minute that compressing them takes.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
