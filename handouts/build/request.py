"""What a command asks for, as plain values that travel to worker processes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BuildRequest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """Empty `handouts`, `locales` or `formats` mean all, all and the settings' own.

    If these have no formats, it is the paper of each locale's country.

    `output` None: no edition is written; then `pages` says that they are laid out all
    the same. `jobs` None: as the settings say. `today` is the
    day by which `check` judges what is overdue; a build looks at no clock. No date
    inside a file is later than `epoch_s`, seconds since 1970 (SOURCE_DATE_EPOCH).
    """

    project: Path
    handouts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    output: Path | None = None
    jobs: int | None = None
    draft: bool = False
    force: bool = False
    pages: bool = False
    today: datetime.date | None = None
    epoch_s: int | None = None

    def overrides(self) -> Mapping[str, object]:
        """Return the settings that flags set, by path; None: the flag was not given."""
        return {"build.jobs": self.jobs}
