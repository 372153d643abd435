"""The months of a row: on the page, and as they are saved."""

from schedule.models import Method

EMPTY = "0" * 12


def cells(page, row):
    return page.locator(f'tr[data-m="{row.pk}"] > td:nth-last-child(-n + 12)')


def stored(row):
    return Method.objects.get(pk=row.pk).months


def becomes(page, row, pattern):
    """Wait until the row is saved so; after five seconds say what it is."""
    for _ in range(100):
        if stored(row) == pattern:
            break
        page.wait_for_timeout(50)
    assert stored(row) == pattern
