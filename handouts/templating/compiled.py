"""Templates that one process has compiled, for the other processes of the same run.

A template's code and outline lie in a folder that belongs to this run alone and ends
with it: nothing is trusted that another run, or a user, may have put there.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from jinja2.bccache import Bucket, BytecodeCache

if TYPE_CHECKING:
    from handouts.templating.environment import HandoutEnvironment

__all__ = ["Compiled"]


class Compiled(BytecodeCache):
    """The engine's cache of compiled templates, in a folder of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        self._names: dict[str, str] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the engine's key of a template, and remember whose it is."""
        key = super().get_cache_key(name, filename)
        self._names[key] = name
        return key

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another process has left of a template; it may be nothing yet."""
        try:
            left = (self.folder / bucket.key).read_bytes()
        except OSError:
            return
        outline, texts, code = pickle.loads(left)  # noqa: S301  # of this run's own folder
        bucket.bytecode_from_string(code)  # none, if the template has changed since
        if bucket.code is not None:
            _engine(bucket).keep(self._names[bucket.key], outline, texts)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Leave a template to the others, whole or not at all."""
        engine = _engine(bucket)
        outline = engine.outlines[self._names[bucket.key]]
        texts = engine.texts[outline.file, outline.digest]
        whole = pickle.dumps((outline, texts, bucket.bytecode_to_string()))
        written = self.folder / f"{bucket.key}.{os.getpid()}"
        written.write_bytes(whole)
        written.replace(self.folder / bucket.key)


def _engine(bucket: Bucket) -> HandoutEnvironment:
    return cast("HandoutEnvironment", bucket.environment)
