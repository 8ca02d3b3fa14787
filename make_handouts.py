"""The way in: `python make_handouts.py` builds every handout in every locale."""

from handouts.cli import run

if __name__ == "__main__":
    run()
