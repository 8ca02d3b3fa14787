"""Files that are either the old one or the new one, never half of one.

A leaf: imports nothing of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["remove_output", "sweep", "write_atomically"]


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename it into place, making its folder if needed.

    Raises:
        OSError: nothing was changed; the temporary file is gone.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:  # a full disk, or an interruption in the middle
        temporary.unlink(missing_ok=True)
        raise


def sweep(path: Path) -> None:
    """Remove what a process that was killed may have left beside `path`."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        left.unlink(missing_ok=True)


def remove_output(path: Path) -> bool:
    """Remove an edition that no longer holds; return whether there was one."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
