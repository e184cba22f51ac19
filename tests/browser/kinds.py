"""One page of every kind, from the sample and from the golden anthology."""

from __future__ import annotations

KINDS = {
    "home": ("sub", "index.html"),
    "stories": ("sub", "stories/index.html"),
    "timeline": ("sub", "timeline/index.html"),
    "photos": ("sub", "photos/index.html"),
    "teams": ("sub", "teams/index.html"),
    "communities": ("sub", "communities/index.html"),
    "people": ("sub", "people/index.html"),
    "about": ("sub", "about/index.html"),
    "story": ("sub", "stories/yi-wan-chao-mian/index.html"),
    "team": ("sub", "teams/candle/index.html"),
    "service point with a story": ("sub", "communities/bo-le/index.html"),
    "service point without a story": ("sub", "communities/wen-kang/index.html"),
    "person": ("sub", "people/he-wen-jun/index.html"),
    "small home": ("wen-ji", "index.html"),
    "story with everything": ("wen-ji", "stories/初雪/index.html"),
    "story with a table": ("wen-ji", "stories/long-name/index.html"),
    "story from right to left": ("wen-ji", "stories/uyghur/index.html"),
    "hostile story": ("wen-ji", "stories/hostile/index.html"),
    "story of one line": ("wen-ji", "stories/no-photo/index.html"),
    "photos of all shapes": ("wen-ji", "photos/index.html"),
    "person with a portrait": ("wen-ji", "people/ma-bao-fu/index.html"),
    "all people": ("wen-ji", "people/index.html"),
    "hostile team": ("wen-ji", "teams/la-zhu-img-src-x-onerror-alert-2-b54970/index.html"),
    "lost": ("wen-ji", "404.html"),
}
