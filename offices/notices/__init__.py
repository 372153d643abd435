"""Notices (通知): what a person should know, on the page and once a day by mail."""
