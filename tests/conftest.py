"""What holds for every test: none depends on how busy the machine is, on chance, on the hour, on its terminal, or on
its owner's settings.
"""

import os
import time

from hypothesis import HealthCheck, settings

os.environ.update(XDG_CONFIG_HOME=os.devnull, COLORTERM="truecolor", TEXTUAL_COLOR_SYSTEM="truecolor")

if hasattr(time, "tzset"):  # It is about noon: no day ends and no summer begins while tests run.
    os.environ["TZ"] = f"NOON{time.gmtime().tm_hour - 12:+}"
    time.tzset()

unhurried = settings(settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", unhurried, derandomize=False)
settings.register_profile("the same", unhurried, derandomize=True, database=None)
settings.load_profile("the same")
