"""manage.py create_office: an agency, and its first 研考 account."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import record
from offices.members import add_member
from offices.models import Office, Role, User

LABELS = {"code": "機關代碼", "name": "機關全銜", "username": "帳號"}


class Command(BaseCommand):
    help = "建立機關；加上 --admin 時，同時建立第一位研考的帳號並印出一次性密碼。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="機關代碼，不可重複")
        parser.add_argument("name", metavar="NAME", help="機關全銜")
        parser.add_argument("--parent", metavar="CODE", help="上級機關的機關代碼")
        parser.add_argument("--admin", metavar="USERNAME", help="第一位研考的帳號")

    @transaction.atomic
    def handle(self, *args: object, **options: str) -> None:
        office = self._office(options)
        self.stdout.write(f"已建立機關：{office.name}（{office.code}）")
        if options["admin"]:
            self._coordinator(office, options["admin"])

    def _office(self, options: dict[str, str]) -> Office:
        if Office.objects.filter(code=options["code"].strip()).exists():
            raise CommandError(f"機關代碼 {options['code']} 已經有機關使用。")
        office = Office(code=options["code"].strip(), name=options["name"].strip())
        if options["parent"]:
            office.parent = Office.objects.filter(code=options["parent"]).first()
            if office.parent is None:
                raise CommandError(f"找不到上級機關：{options['parent']}")
        try:
            office.full_clean()
        except ValidationError as error:
            raise CommandError(_sentences(error)) from error
        office.save()
        details = {"機關代碼": office.code}
        record(
            Act.OFFICE_CREATED, by=None, office=office, target=office, details=details
        )
        return office

    def _coordinator(self, office: Office, username: str) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(f"帳號 {username} 已經有人使用，請換一個帳號。")
        user = User(username=username, full_name=f"{office.name}研考")
        try:
            user.clean_fields(exclude=["password", "email", "full_name"])
        except ValidationError as error:
            raise CommandError(_sentences(error)) from error
        joined = add_member(
            office,
            username=username,
            full_name=f"{office.name}研考"[:60],
            roles=[Role.COORDINATOR],
            by=None,
        )
        self.stdout.write(f"研考帳號：{username}")
        self.stdout.write(f"一次性密碼：{joined.password}")
        self.stdout.write("密碼只顯示這一次，第一次登入時須變更。")


def _sentences(error: ValidationError) -> str:
    """One line per field: 「機關代碼：…」."""
    return "\n".join(
        f"{LABELS[name]}：{'；'.join(messages)}"
        for name, messages in error.message_dict.items()
    )
