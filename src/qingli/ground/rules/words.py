"""Text that people type: names, places, phones, user names."""

import re
import unicodedata

from qingli.ground.rules.errors import GroundError

# A resident identity number of the mainland (17 digits and a check digit) or of Taiwan: never stored here.
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])|(?<![A-Za-z0-9])[A-Za-z][12]\d{8}(?!\d)")
_PHONE = re.compile(r"\+?[0-9][0-9 ()#-]{1,18}[0-9]")
_USERNAME = re.compile(r"\w(?:[\w.-]{0,38}\w)?")


def clean_text(text: str, longest: int, field: str, *, needed: bool = True) -> str:
    """One line, trimmed, blanks run together, in the composed form.

    Raises `text-blank`, `text-too-long`, `text-unreadable` (control characters) or `text-has-id-number`.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text and needed:
        raise GroundError("text-blank", field)
    if len(text) > longest:
        raise GroundError("text-too-long", field)
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text):
        raise GroundError("text-unreadable", field)
    if _ID_NUMBER.search(text):
        raise GroundError("text-has-id-number", field)
    return text


def clean_phone(text: str) -> str:
    """A phone number, or "" for none. Raises `phone-malformed` or `text-has-id-number`."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return ""
    if _ID_NUMBER.search(text):
        raise GroundError("text-has-id-number", "phone")
    if not _PHONE.fullmatch(text) or not 3 <= sum(sign.isdigit() for sign in text) <= 16:
        raise GroundError("phone-malformed", "phone")
    return text


def mask_phone(phone: str) -> str:
    """Enough to recognise a number that one knows: "13812345678" becomes "138****5678"."""
    if len(phone) >= 10:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""


def clean_username(text: str) -> str:
    """A user name in its one spelling: no capitals, no full-width signs; 2 to 40 letters, digits and inner ". _ -".

    The sign-in form cleans what was typed with this too. Raises `username-malformed`.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if len(name) < 2 or not _USERNAME.fullmatch(name):
        raise GroundError("username-malformed", "username")
    return name
