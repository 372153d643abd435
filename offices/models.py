"""Who: people, agencies, units, members and their deputies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

# Django looks for an app's models here.
from .audit.models import AuditChain as AuditChain
from .audit.models import AuditEvent as AuditEvent
from .notices.models import Notice as Notice


class User(AbstractUser):
    """A person who signs in; what they may do comes from their memberships."""

    full_name = models.CharField("姓名", max_length=60)
    must_change_password = models.BooleanField("下次登入須變更密碼", default=False)
    # Chinese names are not split in two.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = "使用者"
        verbose_name_plural = "使用者"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class PastPassword(models.Model):
    """A hash that may not be chosen again: the last three count."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=256)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class OfficeQuerySet(models.QuerySet["Office"]):
    def visible_to(self, user: User) -> OfficeQuerySet:
        """Offices the user belongs to, and those below them for 上級機關 members."""
        if not user.is_active:
            return self.none()
        own = Q(members__user=user, members__is_active=True)
        below = Q(
            parent__members__user=user,
            parent__members__is_active=True,
            parent__members__roles__role=Role.SUPERIOR,
        )
        return self.filter(own | below).distinct()

    def managed_by(self, user: User) -> OfficeQuerySet:
        """Offices whose 研考 the user is today, lent roles included."""
        roles = MemberRole.objects.held_by(user).filter(role=Role.COORDINATOR)
        return self.filter(pk__in=roles.values("member__office"))


class Office(models.Model):
    """An agency (機關), with the agency above it."""

    code = models.CharField("機關代碼", max_length=20, unique=True)
    name = models.CharField("機關全銜", max_length=80)
    short_name = models.CharField("機關簡稱", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices_below",
        verbose_name="上級機關",
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "機關"
        verbose_name_plural = "機關"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("offices:detail", kwargs={"pk": self.pk})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Others who change this office's units or people wait until the block ends.

        Not so those who only name the office, as a notice does: they may hold the audit
        trail, for which this block waits at its end.
        """
        with transaction.atomic():
            Office.objects.select_for_update(no_key=True).get(pk=self.pk)
            yield


def offices_visible_to(user: User) -> models.QuerySet[Office, int]:
    """Keys for ``office__in``; the order that DISTINCT would drag along is dropped."""
    return Office.objects.visible_to(user).order_by().values_list("pk", flat=True)


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: User) -> UnitQuerySet:
        return self.filter(office__in=offices_visible_to(user))


class Unit(models.Model):
    """A 課室 of an office; the label is what joint items print: (民)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="units")
    name = models.CharField("課室名稱", max_length=40)
    label = models.CharField("簡稱", max_length=4)
    position = models.PositiveSmallIntegerField("順序", default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "課室"
        verbose_name_plural = "課室"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="unit_name_once"),
            models.UniqueConstraint(fields=["office", "label"], name="unit_label_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member does in the office; a member may hold several."""

    COORDINATOR = "coordinator", "研考"
    OWNER = "owner", "承辦人"
    UNIT_HEAD = "unit_head", "課室主管"
    CHIEF = "chief", "首長／秘書"
    READER = "reader", "檢視者"
    SUPERIOR = "superior", "上級機關"


# Who writes an office's plans.
WRITERS = frozenset({Role.COORDINATOR, Role.OWNER, Role.UNIT_HEAD})


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, user: User) -> MemberQuerySet:
        return self.filter(office__in=offices_visible_to(user))

    def active(self) -> MemberQuerySet:
        return self.filter(is_active=True, user__is_active=True)

    def coordinators(self) -> MemberQuerySet:
        """研考 in their own right, not as deputies."""
        return self.active().filter(roles__role=Role.COORDINATOR)


class Member(models.Model):
    """A person's place in an office: unit, title and roles."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name="使用者"
    )
    office = models.ForeignKey(
        Office, models.CASCADE, related_name="members", verbose_name="機關"
    )
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name="課室",
    )
    title = models.CharField("職稱", max_length=40, blank=True)
    is_active = models.BooleanField("在職", default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "成員"
        verbose_name_plural = "成員"
        # The heads of the office belong to no unit and come first, on any database.
        ordering = [F("unit__position").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "office"], name="member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.title}）" if self.title else str(self.user)

    def role_names(self) -> list[str]:
        """In the order of Role; one query unless ``roles`` is prefetched."""
        held = {held.role for held in self.roles.all()}
        return [role.label for role in Role if role in held]


class MemberRoleQuerySet(models.QuerySet["MemberRole"]):
    def held_by(self, user: User) -> MemberRoleQuerySet:
        """Roles the user may use today: their own, and those lent by 職務代理."""
        return self.held_on(timezone.localdate(), user.pk)

    def held_on(self, day: date, user: int) -> MemberRoleQuerySet:
        """Roles that the person with this key may use on ``day``."""
        lent = Q(
            member__deputies__deputy__user=user,
            member__deputies__deputy__is_active=True,
            member__deputies__starts_on__lte=day,
            member__deputies__ends_on__gte=day,
        )
        return self.filter(Q(member__user=user) | lent, member__is_active=True)


class MemberRole(models.Model):
    """One role held by one member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="roles")
    role = models.CharField("角色", max_length=20, choices=Role.choices)

    objects = MemberRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "role"], name="role_once"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def visible_to(self, user: User) -> DeputyQuerySet:
        return self.filter(member__office__in=offices_visible_to(user))


class Deputy(models.Model):
    """職務代理: one member acts for another, both days included."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="deputies", verbose_name="被代理人"
    )
    deputy = models.ForeignKey(
        Member, models.CASCADE, related_name="deputy_for", verbose_name="代理人"
    )
    starts_on = models.DateField("代理起日")
    ends_on = models.DateField("代理迄日")

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = "職務代理"
        verbose_name_plural = "職務代理"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="deputy_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(member=F("deputy")), name="deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 代理 {self.member}"
