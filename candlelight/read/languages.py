"""Names of languages: BCP 47 tags, and what editors write instead."""

from __future__ import annotations

import re

from candlelight.problems import error, notice
from candlelight.read.form import Form

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_SAID = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "简体": "zh-Hans",
    "简体中文": "zh-Hans",
    "中文": "zh-Hans",
    "繁体": "zh-Hant",
    "繁體": "zh-Hant",
    "繁体中文": "zh-Hant",
    "繁體中文": "zh-Hant",
    "维吾尔语": "ug",
    "维吾尔文": "ug",
    "英语": "en",
    "英文": "en",
}


def read_language(form: Form, key: str, default: str) -> str:
    """The tag behind *key*; another name of a language is a notice, an unknown one an error."""
    found = form.scalar(key)
    if found is None:
        return default
    written = found.value
    tag = _SAID.get(written.lower().replace("_", "-"), "") or _cased(written)
    if not _TAG.fullmatch(tag):
        form.problems.append(error("language-unknown", found.place, language=written))
        return default
    if tag != written:
        form.problems.append(notice("language-form", found.place, written=written, tag=tag))
    return tag


def _cased(written: str) -> str:
    first, *rest = written.replace("_", "-").split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])
