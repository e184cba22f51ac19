"""The moments of a publication, told as they pass: a test can let a build die in each of them."""

from __future__ import annotations

MOMENTS = (
    "linked",  # a spare tree was linked anew
    "begun",  # the tree to come is no longer believed to be a spare
    "placed",  # one changed file stands in a tree (told for each)
    "prepared",  # the tree to come is complete, its manifest too
    "settled",  # the bytes are on the disk
    "exchanged",  # readers see the new site
    "followed",  # the old tree has been brought forward
    "spared",  # and is the spare of the next build
    "noted",  # the journal of the other way is written
    "replaced",  # all its files stand, the manifest last
    "closed",  # and the journal is gone
)


def reached(moment: str) -> None:
    """Do nothing; *moment* is one of MOMENTS."""
