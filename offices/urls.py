"""Addresses of sign-in and of the office's own pages."""

from django.urls import path

from .views import accounts, audit, management, notices, people

app_name = "offices"
urlpatterns = [
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("password/", accounts.password, name="password"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notices.notice_open, name="notice_open"),
    path("help/", accounts.site_help, name="help"),
    path("offices/", management.office_list, name="list"),
    path("offices/<int:pk>/", management.office_detail, name="detail"),
    path("offices/<int:office_pk>/audit/", audit.audit, name="audit"),
    path(
        "offices/<int:office_pk>/audit/verify/",
        audit.audit_verify,
        name="audit_verify",
    ),
    path("offices/<int:office_pk>/audit/file/", audit.audit_file, name="audit_file"),
    path(
        "offices/<int:office_pk>/units/new/",
        management.unit_create,
        name="unit_create",
    ),
    path("offices/units/<int:pk>/", management.unit_edit, name="unit_edit"),
    path("offices/units/<int:pk>/move/", management.unit_move, name="unit_move"),
    path("offices/units/<int:pk>/delete/", management.unit_delete, name="unit_delete"),
    path(
        "offices/<int:office_pk>/members/new/",
        people.member_create,
        name="member_create",
    ),
    path("offices/members/<int:pk>/", people.member_edit, name="member_edit"),
    path(
        "offices/members/<int:pk>/deactivate/",
        people.member_deactivate,
        name="member_deactivate",
    ),
    path(
        "offices/members/<int:pk>/reactivate/",
        people.member_reactivate,
        name="member_reactivate",
    ),
    path(
        "offices/members/<int:pk>/reset-password/",
        people.member_reset_password,
        name="member_reset_password",
    ),
    path(
        "offices/<int:office_pk>/deputies/new/",
        people.deputy_create,
        name="deputy_create",
    ),
    path("offices/deputies/<int:pk>/end/", people.deputy_end, name="deputy_end"),
]
