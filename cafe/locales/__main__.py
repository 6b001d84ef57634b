"""`python -m cafe.locales`: bring the catalogues up to date with the code and say what waits for a translator."""

from cafe.locales.extract import messages, update

for language, waiting in update(messages()).items():
    print(f"{language}: {waiting} to translate")
