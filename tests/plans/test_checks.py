from plans import checks
from plans.machine import Requirement, install_command

ABSENT = Requirement("libnowhere", "PDF 排版", lambda: False)
PRESENT = Requirement("libhere", "PDF 內嵌字型", lambda: True)


def test_a_missing_library_is_a_warning_with_the_command(monkeypatch):
    monkeypatch.setattr(checks, "PDF_LIBRARIES", (PRESENT, ABSENT))

    (warning,) = checks.pdf_libraries()

    assert warning.id == "plans.W001"
    assert "libnowhere" in warning.msg
    assert warning.hint == install_command([ABSENT])


def test_a_complete_machine_is_not_warned_about(monkeypatch):
    monkeypatch.setattr(checks, "PDF_LIBRARIES", (PRESENT,))

    assert checks.pdf_libraries() == []
