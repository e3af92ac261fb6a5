"""A plugin of pytest: Hypothesis shows each mutant the same examples, quickly, and remembers none for the next."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # that a test fails is enough, however long its example
    suppress_health_check=[HealthCheck.differing_executors],  # mutmut runs a test several times in one process
)
settings.load_profile("mutation")
