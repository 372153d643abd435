"""manage doctor: is everything there that the system needs?"""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from plans.diagnosis import diagnose


class Command(BaseCommand):
    help = "檢查這台機器：套件、字型、資料庫、背景工作、磁碟與設定；有缺時結束碼為 1"
    # A missing library is a finding here, not a reason to stop.
    requires_system_checks: list[str] = []

    def handle(self, **_options: object) -> None:
        findings = list(diagnose())
        for finding in findings:
            self.stdout.write(str(finding))
        faults = sum(not finding.is_well for finding in findings)
        if faults:
            self.stdout.write(f"\n有 {faults} 項需要處理。")
            sys.exit(1)
        self.stdout.write("\n一切正常。")
