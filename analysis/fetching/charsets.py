"""In which encoding do the bytes of a page tell their text?"""

import codecs
import re

LOOK_AHEAD_BYTES = 4096
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.I)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
# As browsers do: these names stand for the larger set that Windows made of them.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# A name that a page may choose must not reach codecs that are no encodings of text, or unsafe ones.
_KNOWN = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "gb18030", "big5",
    "euc_jp", "iso2022_jp", "cp866", "cp874", "cp932", "cp949",
    *(f"cp125{number}" for number in range(9)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}  # fmt: skip


def decoded(data: bytes, content_type: str) -> str:
    """What cannot be read becomes U+FFFD: one bad byte must not cost the whole page."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if declared := _declared(data, content_type):
        return data.decode(declared, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _declared(data: bytes, content_type: str) -> str | None:
    """The header's word goes before the page's own."""
    if (told := _PARAMETER.search(content_type)) and (encoding := _encoding(told.group(1))):
        return encoding
    told_inside = _META.search(data, 0, LOOK_AHEAD_BYTES)
    encoding = _encoding(told_inside.group(1).decode("ascii", "replace")) if told_inside else None
    # Whoever could read these letters is not reading UTF-16.
    return "utf-8" if encoding in {"utf-16", "utf-16-le", "utf-16-be"} else encoding


def _encoding(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _MEANT.get(name, name)
    return name if name in _KNOWN else None
