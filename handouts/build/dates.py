"""The date inside an edition: the content's own, and never later than it may be."""

from __future__ import annotations

import datetime

__all__ = ["content_date"]


def content_date(written: str, epoch_s: int | None) -> str:
    """Return the date that a file carries: `written`, or an earlier one.

    `written` is `2026-11` or `2026-11-01`: the content's date, not the clock's, so that
    the same text gives the same file. Where SOURCE_DATE_EPOCH is set (`epoch_s`), no
    date may be later than it (reproducible-builds.org): a later one becomes that day.
    """
    if epoch_s is None:
        return written
    day = datetime.datetime.fromtimestamp(epoch_s, tz=datetime.UTC).date().isoformat()
    whole = written if len(written) > len("2026-11") else f"{written}-01"
    return written if whole <= day else day
