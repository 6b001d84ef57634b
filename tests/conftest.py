"""What holds for every test: none of them depends on how busy the machine is."""

from hypothesis import settings

settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
