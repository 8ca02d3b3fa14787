"""The only room with argv, stdout, stderr and an exit status.

Arguments → settings → a command. Nothing heavy is imported before a command needs it.
"""

from handouts.cli.main import main, run

__all__ = ["main", "run"]
