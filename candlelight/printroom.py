"""The prints of every photo: made once for each size and ink, kept in the cache folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from candlelight.book.prints import Inks, Print, PrintJob, make_print, print_job
from candlelight.model import Photo
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory


class PrintRoom:
    """Makes prints of the photos below *root* in a folder of the cache at *cache*."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        self.folder = cache / "prints"

    def develop(
        self,
        wanted: Iterable[tuple[Photo, int]],
        inks: Inks,
        most_pixels: int,
        memory: Memory,
        progress: Progress,
    ) -> dict[str, Print]:
        """The print of each photo at its width in pixels, by the path of the photo."""
        self.folder.mkdir(parents=True, exist_ok=True)
        root, folder = str(self.root), str(self.folder)
        jobs: dict[str, PrintJob] = {}
        paths: dict[str, list[str]] = {}
        for photo, width in wanted:
            job = print_job(photo, width, inks, root, folder, most_pixels)
            jobs.setdefault(job.key, job)
            paths.setdefault(job.key, []).append(photo.path)
        made = memory.results(
            "prints",
            make_print,
            jobs,
            Print,
            prepare=lambda job: job,
            batch=1,
            alone=1,
            valid=self._stands,
            keep=self._stands,
            lasting=True,
            forget=False,
            progress=progress("prints", len(jobs)),
        )
        return {path: one for key, one in made.items() for path in paths[key]}

    def _stands(self, made: Print) -> bool:
        path = self.folder / made.file
        return bool(made.file) and path.is_file() and path.stat().st_size == made.size
