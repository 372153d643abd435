"""manage.py reset_password: when no 研考 can help, the administrator does."""

from __future__ import annotations

from argparse import ArgumentParser

from axes.utils import reset
from django.core.management.base import BaseCommand, CommandError

from offices.models import User
from offices.passwords import issue_one_time_password


class Command(BaseCommand):
    help = "重設帳號的密碼、解除鎖定，並印出一次性密碼。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME", help="帳號")

    def handle(self, *args: object, **options: str) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"找不到帳號：{options['username']}")
        if not user.is_active:
            raise CommandError("這個帳號已停用，請先由研考恢復這位成員。")
        password = issue_one_time_password(user, by=None)
        reset(username=user.username)
        self.stdout.write(f"一次性密碼：{password}")
        self.stdout.write("密碼只顯示這一次，下次登入時須變更。")
