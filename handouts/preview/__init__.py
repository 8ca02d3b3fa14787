"""One locale on the screen: builds as files are saved, and serves what was built.

PO file or template → `watch` → `screen` (the stages, and the boxes of each message) →
`board` → `server` → the page in `page/`. Nothing is written to disk.
"""

from handouts.preview.session import PortError, Session, open_session

__all__ = ["PortError", "Session", "open_session"]
