"""The catalogues that translators fill, one per language; `python -m cafe.locales` brings them up to date."""
