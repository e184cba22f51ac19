"""Every drawing by its file name."""

import autumn
import bowls
import city
import doors
import festival
import gate
import indoors
import jilin
import journeys
import stairs
import tongzhou
import treats
import visits
import windows
import yard
from drawing import Draw

MODULES = (
    bowls,
    treats,
    doors,
    stairs,
    gate,
    yard,
    tongzhou,
    indoors,
    jilin,
    journeys,
    autumn,
    festival,
    visits,
    city,
    windows,
)


def named() -> dict[str, Draw]:
    """Return all drawings: the public functions that are written in the subject modules."""
    return {
        name.replace("_", "-"): draw
        for module in MODULES
        for name, draw in vars(module).items()
        if getattr(draw, "__module__", "") == module.__name__ and not name.startswith("_")
    }
