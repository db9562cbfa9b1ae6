"""Ticket numbers, letters and quantities as they are spoken.

Rules: pure; a ticket number is said sign by sign, for a hall hears "không, một, hai" better than "mười hai"; letters
have their long names, because B, D, P, T, V sound alike on a loudspeaker; a quantity is said as a whole: "mười chín".
"""

DIGITS = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "km": ("សូន្យ", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន"),
}
LETTERS_VI = {
    "a": "a", "b": "bê", "c": "xê", "d": "đê", "e": "e", "f": "ép-phờ", "g": "giê",
    "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e-lờ", "m": "em-mờ", "n": "en-nờ",
    "o": "o", "p": "pê", "q": "quy", "r": "e-rờ", "s": "ét-sì", "t": "tê", "u": "u",
    "v": "vê", "w": "vê kép", "x": "ích-xì", "y": "i dài", "z": "dét",
}  # fmt: skip


def letter(sign: str, language: str) -> str:
    """The long name of a letter; in other languages than Vietnamese a voice knows its letters."""
    return LETTERS_VI.get(sign.lower(), sign) if language == "vi" else sign.upper()


def digit(sign: str, language: str) -> str:
    """The name of one digit."""
    return DIGITS.get(language, DIGITS["vi"])[int(sign)]


def spelled(number: str, language: str) -> str:
    """A ticket number sign by sign: "A012" is "a, không, một, hai"."""
    return ", ".join(digit(sign, language) if sign in "0123456789" else letter(sign, language) for sign in number)


def quantity(count: int, language: str) -> str:
    """A number in words: 15 is "mười lăm", 105 "một trăm lẻ năm"; figures from a million on and in other languages."""
    if language != "vi" or not 0 <= count < 1_000_000:
        return str(count)
    thousands, rest = divmod(count, 1000)
    if not thousands:
        return _hundreds(rest)
    head = f"{_hundreds(thousands)} nghìn"
    if not rest:
        return head
    return f"{head} {_hundreds(rest)}" if rest >= 100 else f"{head} không trăm {_odd(rest)}"


def _hundreds(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    if not hundreds:
        return _tens(rest)
    head = f"{DIGITS['vi'][hundreds]} trăm"
    if not rest:
        return head
    return f"{head} {_odd(rest)}"


def _odd(count: int) -> str:
    """What follows hundreds."""
    return f"lẻ {DIGITS['vi'][count]}" if count < 10 else _tens(count)


def _tens(count: int) -> str:
    tens, ones = divmod(count, 10)
    if tens == 0:
        return DIGITS["vi"][ones]
    head = "mười" if tens == 1 else f"{DIGITS['vi'][tens]} mươi"
    if ones == 0:
        return head
    changed = {1: "một" if tens == 1 else "mốt", 4: "bốn" if tens == 1 else "tư", 5: "lăm"}
    return f"{head} {changed.get(ones, DIGITS['vi'][ones])}"
