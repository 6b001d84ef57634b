"""`python -m cafe.locales [PAGE.html]`: bring the catalogues up to date with the code and say what waits for a
translator; with a name also write every string in all languages on one page.
"""

import sys
from pathlib import Path

from cafe.locales.extract import messages, update
from cafe.locales.sheet import page

for language, waiting in update(messages()).items():
    print(f"{language}: {waiting} to translate")
if len(sys.argv) > 1:
    Path(sys.argv[1]).write_text(page(), "utf-8")
