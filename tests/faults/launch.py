"""Words that start a program under limits: files that may not grow, no right above all rights."""

from __future__ import annotations

import sys

_GO_ON = "os.execv(sys.argv[1], sys.argv[1:])"
_LIMIT = (
    f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({{0}}, {{0}})); {_GO_ON}"
)
# From the bounding set, so that they are gone once the program is executed: PR_CAPBSET_DROP of
# CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root reads and writes whatever it likes.
_DROP = f"""import ctypes, os, sys
if sys.platform == "linux" and os.geteuid() == 0:
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
{_GO_ON}"""
WITHOUT_PRIVILEGE = (sys.executable, "-c", _DROP)
"""Rights count, also for root."""


def with_files_up_to(size: int) -> tuple[str, ...]:
    """No file may be written beyond *size* bytes."""
    return (sys.executable, "-c", _LIMIT.format(size))
