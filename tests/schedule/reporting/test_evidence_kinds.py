"""What a file is, told by what it holds; what could do harm is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.reporting import evidence_kinds as kinds
from schedule.reporting.evidence_kinds import NotEvidence, kind_of
from tests.schedule.reporting.made import PDF, open_text, picture, word_file, zipped

MACRO_TYPE = (
    '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled'
    '.main+xml"/></Types>'
)
FAR = (
    '<Relationship Type="http://schemas/attachedTemplate" Target="http://x.invalid/a"'
    ' TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpg"),
        (open_text(), "odt"),
        (word_file(), "docx"),
        (zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<x/>"}), "xlsx"),
        (
            zipped({"[Content_Types].xml": "<T/>", "ppt/presentation.xml": "<p/>"}),
            "pptx",
        ),
    ],
)
def test_the_content_tells_the_kind(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", kinds.EMPTY),
        (b"MZ\x90\x00" + b"\0" * 99, kinds.UNKNOWN),
        (b"<html><script>1</script>", kinds.UNKNOWN),
        (zipped({"a.exe": "MZ"}), kinds.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, kinds.OLD_OFFICE),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript>>/Type"), kinds.ACTIVE_PDF),
        (picture("PNG")[:20], kinds.BROKEN),
        (word_file()[:-30], kinds.BROKEN),
        (word_file(at={"word/vbaProject.bin": "x"}), kinds.MACROS),
        (word_file(at={"word/activeX/activeX1.xml": "x"}), kinds.MACROS),
        (word_file(at={"word/embeddings/oleObject1.bin": "x"}), kinds.MACROS),
        (word_file(MACRO_TYPE), kinds.MACROS),
        (open_text({"Basic/Standard/Module1.xml": "x"}), kinds.MACROS),
        (open_text({"Scripts/python/a.py": "x"}), kinds.MACROS),
        (word_file(at={"word/_rels/settings.xml.rels": FAR}), kinds.FETCHES),
    ],
)
def test_what_is_refused_and_why(data, reason):
    with pytest.raises(NotEvidence, match=r".") as refused:
        kind_of(data)

    assert str(refused.value) == reason


def test_a_zip_bomb_is_refused_without_being_unpacked():
    bomb = word_file(at={"word/media/a.bmp": b"\0" * (90 * 1024 * 1024)})

    with pytest.raises(NotEvidence, match="異常龐大"):
        kind_of(bomb)


def test_too_many_entries_are_refused():
    many = {f"word/media/{n}": "" for n in range(kinds.MOST_ENTRIES + 1)}

    with pytest.raises(NotEvidence, match="異常龐大"):
        kind_of(word_file(at=many))


def test_entries_that_lie_about_their_size_are_refused():
    data = bytearray(word_file(at={"word/a.xml": "x" * 5000}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        compressed = archive.getinfo("word/a.xml").compress_size
    place = data.rindex((5000).to_bytes(4, "little"))
    data[place : place + 4] = (10).to_bytes(4, "little")

    assert compressed < 5000
    with pytest.raises(NotEvidence):
        kind_of(bytes(data))


@given(st.binary(max_size=300))
def test_whatever_bytes_come_the_answer_is_a_kind_or_a_reason(data):
    for begin in (b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        try:
            assert kind_of(begin + data) in kinds.CONTENT_TYPES
        except NotEvidence:
            continue
