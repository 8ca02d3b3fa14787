"""Translated gettext catalogs and Jinja layouts in, print-ready PDF leaflets out."""

__all__ = ["__version__"]

__version__ = "0.1.0"
