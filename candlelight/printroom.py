"""Where a book is made: the folder of one run, and the prints of its photos, kept in the cache."""

from __future__ import annotations

import contextlib
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight import whole
from candlelight.book.jpeg import frame_of
from candlelight.book.prints import Inks, Print, PrintJob, make_print, photo_key, print_job
from candlelight.model import Photo
from candlelight.problems import Place, error
from candlelight.run.lock import Busy, held
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory


@contextlib.contextmanager
def working_folder(cache: Path) -> Iterator[Path]:
    """A folder in *cache* for one run; those that killed runs have left behind are deleted."""
    for left in cache.glob("book-*"):
        with contextlib.suppress(Busy, OSError):
            with held(left / "lock"):
                pass
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix="book-", dir=cache) as folder:
        path = Path(folder)
        with held(path / "lock"):
            yield path


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
        root = str(self.root)
        jobs: dict[str, PrintJob] = {}
        paths: dict[str, list[str]] = {}
        for photo, width in wanted:
            folder = self._folder_of(photo)
            folder.mkdir(parents=True, exist_ok=True)
            job = print_job(photo, width, inks, root, str(folder), most_pixels)
            jobs.setdefault(job.key, job)
            paths.setdefault(job.key, []).append(photo.path)
        made = memory.results(
            "prints",
            _printer(inks, memory),
            jobs,
            Print,
            prepare=lambda job: job,
            batch=1,
            alone=1,
            valid=lambda one: self._stands(one, jobs),
            keep=lambda one: self._stands(one, jobs),
            lasting=True,
            forget=False,
            lost=_deadly,
            photos=True,
            progress=progress("prints", len(jobs)),
        )
        return {path: one for key, one in made.items() for path in paths[key]}

    def file(self, photo: Photo, made: Print) -> Path:
        """Where the print *made* of *photo* is kept."""
        return self._folder_of(photo) / made.file

    def forget_others(self, photos: Iterable[Photo]) -> None:
        """Delete the prints of what is not among *photos*: taken down, it must be gone."""
        kept = {self._folder_of(photo).name for photo in photos}
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder_of(self, photo: Photo) -> Path:
        return self.folder / photo_key(photo.facts.digest)

    @staticmethod
    def _stands(made: Print, jobs: Mapping[str, PrintJob]) -> bool:
        if not made.file or made.key not in jobs:
            return False
        path = Path(jobs[made.key].folder, made.file)
        try:
            # A power cut leaves files of the right size that are full of noughts.
            frame = frame_of(path)
            return path.stat().st_size == made.size and frame[:2] == (made.width, made.height)
        except (OSError, ValueError):
            return False


def _deadly(job: PrintJob) -> Print:
    """What is told of a photo that ends every process that opens it."""
    name = job.path.rpartition("/")[2]
    return Print(job.key, job.path, problems=(error("photo-deadly", Place(job.path), file=name),))


def _printer(inks: Inks, memory: Memory) -> Callable[[PrintJob], Print]:
    """What makes a print; for workers that do not see the profile of *inks* it brings it along."""
    if memory.workers.sees_all or not inks.profile:
        return make_print
    return functools.partial(_print_with, Path(inks.profile).read_bytes())


def _print_with(profile: bytes, job: PrintJob) -> Print:
    # Under one name, so that a process reads it once for all its photos.
    path = Path(tempfile.gettempdir(), f"candlelight-{job.inks.digest}.icc")
    if not path.is_file() or path.read_bytes() != profile:
        whole.write(path, profile)
    inks = msgspec.structs.replace(job.inks, profile=str(path))
    return make_print(msgspec.structs.replace(job, inks=inks))
