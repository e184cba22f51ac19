"""Files that editors' programs make beside what they save: no reason to build again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_LITTER = re.compile(
    r"\..*|~\$.*|.*~|.*\.(?:tmp|bak|swp|swx|part|partial|crdownload|download)|4913|#.*#"
    r"|.*\.___jb_\w+___|thumbs\.db|desktop\.ini|icon\r|sed\w{6}",
    re.IGNORECASE,
)


def is_litter(path: str, folders: Iterable[Path]) -> bool:
    """Whether *path*, in one of *folders*, is or lies in something that a program left behind.

    Dot files, Word's ``~$x``, vim's ``4913`` and swap files, downloads under way.
    """
    inner = Path(path)
    for folder in folders:
        if inner.is_relative_to(folder):
            inner = inner.relative_to(folder)
            break
    return any(_LITTER.fullmatch(part) for part in inner.parts)
