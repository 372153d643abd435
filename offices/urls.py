"""Addresses of sign-in and of the office's own pages."""

from django.urls import path

from .views import accounts

app_name = "offices"
urlpatterns = [
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("password/", accounts.password, name="password"),
    path("help/", accounts.site_help, name="help"),
]
