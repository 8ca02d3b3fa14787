"""The way in: `python make_handouts.py` builds every handout in every locale."""

import sys

from handouts.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
