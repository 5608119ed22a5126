"""What an author wrote, read from its file: text in UTF-8, or the problem that it cannot be read as that."""

from __future__ import annotations

import re
from pathlib import Path

from engine.problem import InvalidQuestionnaire, Place, Problem


def content_of(file: Path) -> bytes:
    """Return what is in a file, which is text in UTF-8; raises InvalidQuestionnaire."""
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = "It is not there." if isinstance(error, FileNotFoundError) else f"{error.strerror}."
        message = f"The file cannot be read. {reason}"
        problem = Problem("unreadable-file", Place(str(file), 1, 1), message, "Check its name and its folder.")
        raise InvalidQuestionnaire([problem], {}) from None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        place = Place(str(file), before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = "The file is not written in UTF-8 from here on."
        problem = Problem("not-utf-8", place, message, "Save it again as plain text, with the encoding UTF-8.")
        # it may be anything, also a picture: no sign of it may move the cursor of a terminal
        shown = re.sub(r"[^\n\x20-\x7e\xa0-\U0010ffff]", "\ufffd", content.decode("utf-8", "replace"))
        raise InvalidQuestionnaire([problem], {str(file): shown}) from None
    return content


def text_of(file: Path) -> str:
    """Return the text of a file, without a byte order mark; raises InvalidQuestionnaire."""
    return content_of(file).decode("utf-8-sig")
