"""Characters that copying left behind → the ones a person would have typed."""

from __future__ import annotations

import re
import unicodedata

from .reading import Flag, Severity

# CJK compatibility ideographs and the radicals that PDF files hand out for 人, 用 …
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_BLANKS = re.compile("[\u2000-\u200a\u202f\u205f\xa0]")
# ⑴ ⒈ ㈠ at the start of a line, cell or word are the marks （1） 1. （一）.
_MARKS = re.compile(r'(?m)(?<![^\s"])[⑴-⒛㈠-㈩]')
# Bullets of the symbol fonts of word processors, as plain text hands them out.
_SYMBOL_BULLETS = re.compile(
    "[\uf06c\uf06e\uf075\uf076\uf09f\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uff65](?=\\s|[^\\x00-\\x7f])"
)
_LETTER_BULLETS = re.compile(r"(?m)^([ \u3000]*)[lnuovØü§²]\t(?=[^\t\n]+$)")


def plain_characters(text: str) -> tuple[str, list[Flag]]:
    """The text in the characters that fonts have, and what was changed."""
    plain = _BLANKS.sub(" ", text)
    plain = _MARKS.sub(_typed_mark, plain)
    plain = _LETTER_BULLETS.sub(r"\1● ", _at_line_start(plain))
    unified = _COMPATIBLE.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), plain
    )
    pairs = zip(plain, unified, strict=False) if plain != unified else ()
    changed = [index for index, (a, b) in enumerate(pairs) if a != b]
    if not changed:
        return unified, []
    line = plain.count("\n", 0, changed[0]) + 1
    message = f"已將 {len(changed)} 個相容字（如「{unified[changed[0]]}」的另一編碼）改為標準字。"
    return unified, [Flag("unified-characters", message, line, "", Severity.INFO)]


def _typed_mark(found: re.Match[str]) -> str:
    """One wide character as the marks of the handbook: （1） 1. （一）."""
    plain = unicodedata.normalize("NFKC", found[0])
    return plain.replace("(", "（").replace(")", "）")


def _at_line_start(text: str) -> str:
    """Symbol bullets that begin a line become ●; elsewhere they stay."""
    return re.sub(rf"(?m)^([ \t\u3000]*){_SYMBOL_BULLETS.pattern}", r"\1●", text)
