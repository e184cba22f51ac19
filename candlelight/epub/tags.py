"""Which tags an e-book knows, what each may hold, and what takes the place of the others."""

from __future__ import annotations

VOID = frozenset({"br", "hr"})
"""Tags without an end."""

FLOW = frozenset({"section", "div", "blockquote", "li", "dd", "td", "th", "aside"})
"""What may hold blocks; everything else but lists and tables holds words only."""

_BLOCKS = "section div p h2 h3 h4 hr pre blockquote ul ol li dl dt dd table thead tbody tr td th"
BLOCKS = frozenset(_BLOCKS.split())
_INLINE = (
    "br em strong b i s u del ins mark small sub sup q cite abbr code kbd a ruby rt span bdi bdo"
)
KNOWN = BLOCKS | frozenset(_INLINE.split())

RENAMED = {
    "details": ("div", "details"),
    "summary": ("p", "summary"),
    "figure": ("div", ""),
    "figcaption": ("div", "caption"),
    "time": ("span", ""),
    "h1": ("h2", ""),
    "h5": ("h4", ""),
    "h6": ("h4", ""),
}
"""What readers of books do not open, hide or check is shown for what it says: (tag, class)."""

PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "rt": {"ruby"},
    "tr": {"table", "thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
}
"""What each of them must stand in."""

ITEMS = frozenset({"li", "dt", "dd"})
IMPLIED = {"ul": "li", "ol": "li", "dl": "dd"}
"""The item that words get which stand bare in a list."""

TABULAR = frozenset({"table", "thead", "tbody", "tr"})

CLASSES = frozenset({"verse", "center", "right", "notes", "details", "summary", "caption"})
"""The classes that the stylesheet knows."""

NUMBERS = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
"""The attributes that count something."""

LITERAL = frozenset({"code", "pre", "kbd", "rt", "rp"})
"""What is shown as it was typed."""

KAI = frozenset({"h2", "h3", "h4", "blockquote"})
"""What the stylesheet sets in Kai, as it does verse."""
