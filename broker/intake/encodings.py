"""What bytes that are no UTF-8 most likely are, and what to do about it.

Vietnamese from before Unicode: in TCVN3 (fonts such as .VnTime) ă â ê ô ơ ư đ are the bytes A8 to AE and tones
B5 to B9, which in Windows-1258 are signs that no text uses; there ă â ê ô are E3 E2 EA F4, đ F0, ơ F5, ư FD.

Rules: pure; a guess is never acted upon: a file is read as what its owner says it is, or not at all.
"""

from collections import Counter

from broker.intake.lines import FileError

_TCVN3 = (*range(0xA8, 0xAF), *range(0xB5, 0xBA))
_CP1258 = (0xE2, 0xE3, 0xEA, 0xF0, 0xF4, 0xF5, 0xFD, 0xCC, 0xEC, 0xD2, 0xDE, 0xF2)


def refusal(seen: Counter[int], line: int) -> FileError:
    """What to tell whose file has these bytes (how often each) and is no UTF-8 from `line` on."""
    high = {byte: n for byte, n in seen.items() if byte >= 0x80}
    total = sum(high.values()) or 1
    if 3 * sum(high.get(byte, 0) for byte in _TCVN3) > total:
        return FileError(
            f"dòng {line}: tệp có vẻ dùng bảng mã TCVN3 (ABC, phông .VnTime). Hãy chuyển sang Unicode (Unikey:"
            " Ctrl+Shift+F6, TCVN3 → Unicode) rồi lưu dạng CSV UTF-8 hoặc XLSX",
            f"line {line}: the file seems to be in TCVN3 (ABC, fonts such as .VnTime). Convert it to Unicode and save"
            " it as CSV UTF-8 or XLSX",
        )
    if 2 * sum(high.get(byte, 0) for byte in _CP1258) > total:
        return FileError(
            f"dòng {line}: tệp có vẻ dùng bảng mã Windows-1258. Hãy lưu lại dạng “CSV UTF-8” hoặc XLSX, hoặc thêm"
            " --encoding windows-1258 nếu chắc chắn",
            f"line {line}: the file seems to be in Windows-1258. Save it as “CSV UTF-8” or XLSX, or add"
            " --encoding windows-1258 if you are sure",
        )
    return FileError(
        f"dòng {line}: không phải UTF-8. Hãy lưu tệp dạng “CSV UTF-8” hoặc XLSX",
        f"line {line}: this is not UTF-8. Save the file as “CSV UTF-8” or XLSX",
    )
