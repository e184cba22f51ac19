"""The renditions of every photo: made once, kept in the cache folder, told of by each path."""

from __future__ import annotations

import contextlib
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from candlelight.make.renditions import Renditions, make_renditions
from candlelight.model import Photo, PhotoRecipe
from candlelight.plan.pictures import RenditionJob, rendition_job, rendition_key
from candlelight.problems import Place, Problem, error
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

_WRITTEN_BY_NOW = 600
"""Seconds after which a half-written file is what a crash has left."""


class Darkroom:
    """Makes renditions of the photos below *root* in a folder of the cache at *cache*."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        self.folder = cache / "photos"

    def develop(
        self,
        photos: Iterable[Photo],
        recipe: PhotoRecipe,
        memory: Memory,
        progress: Progress,
        taken: Callable[[str], bool] | None = None,
    ) -> tuple[dict[str, Renditions], list[Problem]]:
        """The renditions of *photos* by key, and the problems of each photo at its own path.

        *taken* tells by its name whether a file is about to be taken from here: then it is read to
        see that it is whole.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        jobs: dict[str, RenditionJob] = {}
        paths: dict[str, list[str]] = {}
        for photo in photos:
            job = rendition_job(photo, recipe, str(self.root), str(self.folder))
            jobs.setdefault(job.key, job)
            paths.setdefault(job.key, []).append(photo.path)
        made = memory.results(
            "renditions",
            make_renditions,
            jobs,
            Renditions,
            prepare=lambda job: job,
            batch=1,
            alone=1,
            valid=lambda made: self._stand(made) and self._is_whole(made, taken),
            keep=self._stand,
            lasting=True,
            forget=False,
            lost=_deadly,
            photos=True,
            progress=progress("photos", len(jobs)),
        )
        # One original in two folders is made once, and wrong in both.
        problems = [
            _at(problem, path)
            for key, one in made.items()
            for problem in one.problems
            for path in paths[key]
        ]
        return made, problems

    def forget_others(self, photos: Iterable[Photo], recipe: PhotoRecipe, memory: Memory) -> None:
        """Delete what was made of photos that are not among *photos*: taken down, it must be gone.

        *photos* are all that lie in the source, drafts too, so that a preview and a build in turn
        do not make each other's photos again.
        """
        keys = {rendition_key(photo.facts.digest, recipe) for photo in photos}
        memory.cache.lasting().keep_only("renditions", keys)
        for path in self.folder.iterdir():
            if path.name.partition("-")[0] not in keys and not _is_being_written(path):
                path.unlink(missing_ok=True)

    def file(self, name: str) -> str:
        """Where the rendition *name* is kept."""
        return str(self.folder / name)

    def _stand(self, made: Renditions) -> bool:
        files = ((self.folder / one.name, one.size) for one in made.files)
        return bool(made.files) and all(
            path.is_file() and path.stat().st_size == size for path, size in files
        )

    def _is_whole(self, made: Renditions, taken: Callable[[str], bool] | None) -> bool:
        """Whether no disk has changed a bit of what is about to be *taken*."""
        return all(
            zlib.crc32((self.folder / one.name).read_bytes()) == one.checksum
            for one in made.files
            if taken and taken(one.name)
        )


def _deadly(job: RenditionJob) -> Renditions:
    """What is told of a photo that ends every process that opens it."""
    name = job.path.rpartition("/")[2]
    problem = error("photo-deadly", Place(job.path), file=name)
    return Renditions(job.key, job.path, problems=(problem,))


def placeholders_of(keys: Iterable[str], memory: Memory) -> dict[str, str]:
    """The placeholders of the photos *keys*, of those whose renditions are remembered."""
    known = memory.cache.lasting().get("renditions", keys, Renditions)
    return {key: one.placeholder for key, one in known.items()}


def _is_being_written(path: Path) -> bool:
    """Whether a preview or a build beside this one may be writing the file at *path*."""
    with contextlib.suppress(FileNotFoundError):
        return path.suffix == ".part" and time.time() - path.stat().st_mtime < _WRITTEN_BY_NOW
    return False


def _at(problem: Problem, path: str) -> Problem:
    place = msgspec.structs.replace(problem.place, path=path)
    return msgspec.structs.replace(problem, place=place)
