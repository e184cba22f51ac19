"""What the preview answers, without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from candlelight.preview.pages import Pages, split_path
from candlelight.preview.rebuild import Preview, Rebuilt
from candlelight.run.lock import held
from candlelight.run.remember import Memory
from candlelight.run.session import session
from tests.anthology import Anthology, photo


class Desk:
    """An anthology and its preview, rebuilt on demand."""

    def __init__(self, anthology: Anthology, memory: Memory) -> None:
        cache = anthology.root / ".candlelight"
        self.anthology, self.memory = anthology, memory
        self.preview = Preview(anthology.root, cache)
        self.pages = Pages(
            self.preview.request.output, cache / "photos", self.preview.board, self.preview.kept
        )

    def save(self) -> Rebuilt:
        return self.preview.rebuild(self.memory)

    def get(self, path: str) -> tuple[int, str]:
        reply = self.pages.reply(path)
        return reply.status, reply.body.decode("utf-8", "replace")


@pytest.fixture
def desk(anthology: Anthology) -> Iterator[Desk]:
    anthology.story("first", title="初雪").story("second", title="第二")
    with session(anthology.root / ".candlelight", 1) as memory:
        desk = Desk(anthology, memory)
        desk.save()
        yield desk


def test_a_folder_is_its_index(desk: Desk) -> None:
    assert desk.get("/stories/first/") == desk.get("/stories/first/index.html")
    assert desk.get("/stories/first/")[0] == 200


def test_a_folder_without_its_slash_leads_to_the_one_with(desk: Desk) -> None:
    reply = desk.pages.reply("/stories/first")
    assert (reply.status, reply.location) == (307, "/stories/first/")


def test_an_unknown_address_gets_the_page_for_lost_readers(desk: Desk) -> None:
    status, page = desk.get("/stories/nobody/")
    assert status == 404
    assert "404" in page


def test_links_of_the_lost_page_work_below_the_base_url_too(desk: Desk) -> None:
    assert desk.get("/sub/stories/first/")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml", "/stories/../../cache.sqlite",
     "/stories\\..\\x", "/%00", "/\xff", "/%ff", "//etc/passwd", "/C:/x", "site.yaml", "",
     "/.candlelight", "/stories/.hidden/", "http://else/stories/first/"],
)  # fmt: skip
def test_no_path_leads_out_of_the_site_or_to_what_is_hidden(desk: Desk, path: str) -> None:
    status, body = desk.get(path)
    assert status in (400, 404)
    assert "title: " not in body
    assert "初雪" not in body


def test_a_link_inside_the_output_that_leads_out_is_not_followed(desk: Desk) -> None:
    (desk.pages.folder / "out.txt").symlink_to(desk.anthology.root / "site.yaml")
    assert desk.get("/out.txt")[0] == 404


def test_a_folder_is_never_listed(desk: Desk) -> None:
    assert desk.get("/assets/")[0] == 404


def test_a_name_longer_than_any_file_is_only_missing(desk: Desk) -> None:
    assert desk.get("/" + "a" * 5000)[0] == 404


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".css", "text/css"), (".svg", "image/svg+xml"), (".woff2", "font/woff2"),
     (".json", "application/json"), (".xml", "application/xml")],
)  # fmt: skip
def test_every_file_says_its_kind(desk: Desk, suffix: str, kind: str) -> None:
    path = next(path for path in desk.pages.folder.rglob(f"*{suffix}"))
    reply = desk.pages.reply(f"/{path.relative_to(desk.pages.folder).as_posix()}")
    assert reply.status == 200
    assert reply.kind.startswith(kind)
    assert reply.body == path.read_bytes()


def test_published_files_hold_nothing_of_the_preview(desk: Desk) -> None:
    files = [path for path in desk.pages.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(b"@preview" in path.read_bytes() for path in files)


def test_drafts_are_shown_and_marked(desk: Desk) -> None:
    desk.anthology.edit("first", draft=True)
    desk.save()
    status, page = desk.get("/stories/first/")
    assert status == 200
    assert 'class="draft"' in page


def test_a_problem_stands_on_the_page_of_its_story_and_in_the_bar_of_every_page(desk: Desk) -> None:
    desk.anthology.edit("first", tilte="初雪")
    desk.save()
    own, other = desk.get("/stories/first/")[1], desk.get("/stories/second/")[1]
    assert 'class="preview-panel"' in own
    assert 'class="preview-panel"' not in other
    for page in (own, other, desk.get("/")[1], desk.get("/nowhere/")[1]):
        assert 'class="preview-bar"' in page
        assert "key-near" in page


def test_it_is_gone_once_it_is_mended(desk: Desk) -> None:
    desk.anthology.edit("first", tilte="初雪")
    desk.save()
    desk.anthology.edit("first", tilte=None)
    desk.save()
    assert "preview-bar" not in desk.get("/stories/first/")[1]


def test_a_story_with_an_error_keeps_its_last_good_page_under_the_problem(desk: Desk) -> None:
    desk.anthology.edit("first", "新的正文", date="某一天")
    desk.save()
    status, page = desk.get("/stories/first/")
    assert status == 200
    assert "date-unknown" in page
    assert "灯亮了" in page
    assert "新的正文" not in page
    assert desk.get("/stories/first")[0] == 307


def test_the_last_good_page_stays_however_often_it_is_saved_broken(desk: Desk) -> None:
    for date in ("某一天", "又一天"):
        desk.anthology.edit("first", date=date)
        desk.save()
    assert "灯亮了" in desk.get("/stories/first/")[1]
    desk.anthology.edit("first", "新的正文", date="2020")
    desk.save()
    assert "新的正文" in desk.get("/stories/first/")[1]
    assert desk.preview.kept.page("stories/first/") is None


def test_photos_of_the_last_good_page_are_still_there(desk: Desk) -> None:
    desk.anthology.photo("first")
    desk.save()
    photo = next(path.name for path in desk.pages.folder.glob("assets/photos/*"))
    desk.anthology.edit("first", date="某一天")
    desk.save()
    assert not (desk.pages.folder / "assets/photos" / photo).exists()
    assert desk.pages.reply(f"/assets/photos/{photo}").status == 200


def test_its_style_is_the_one_of_today(desk: Desk) -> None:
    old = next(desk.pages.folder.glob("assets/css/site.*.css")).name
    desk.anthology.write("assets/css/site.css", "body { color: black }")
    desk.save()
    reply = desk.pages.reply(f"/assets/css/{old}")
    assert (reply.status, reply.body) == (200, b"body { color: black }")


def test_a_story_that_never_was_good_gets_a_page_with_its_problem(desk: Desk) -> None:
    desk.anthology.story("third", date="某一天")
    desk.save()
    status, page = desk.get("/stories/third/")
    assert status == 404
    assert "date-unknown" in page
    assert 'class="preview-lost"' in page


def test_the_text_of_a_problem_is_escaped(desk: Desk) -> None:
    desk.anthology.edit("first", date="<script>alert(1)</script>")
    desk.save()
    page = desk.get("/stories/first/")[1]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_broken_template_leaves_the_pages_and_says_which_line(desk: Desk) -> None:
    desk.anthology.write("templates/site/story.html", "{% extends 'base.html' %}\n{% if %}")
    desk.save()
    status, page = desk.get("/stories/first/")
    assert status == 200
    assert "template-broken" in page
    desk.anthology.delete("templates")
    desk.save()
    assert "preview-bar" not in desk.get("/stories/first/")[1]


def test_a_changed_template_and_changed_words_show_at_once(desk: Desk) -> None:
    desk.anthology.write("templates/site/404.html", "<body>第一版</body>")
    desk.save()
    assert "第一版" in desk.get("/nowhere/")[1]
    desk.anthology.write("templates/site/404.html", "<body>第二版</body>")
    desk.save()
    assert "第二版" in desk.get("/nowhere/")[1]


def test_where_nothing_could_be_built_every_address_says_why(anthology: Anthology) -> None:
    anthology.write("templates/site/story.html", "{% if %}")
    anthology.story("first")
    with session(anthology.root / ".candlelight", 1) as memory:
        desk = Desk(anthology, memory)
        desk.save()
        assert "template-broken" in desk.get("/")[1]


def test_folders_that_vanish_do_not_end_it(desk: Desk) -> None:
    desk.anthology.delete("content")
    done = desk.save()
    assert done.report is not None
    assert "content-missing" in desk.get("/")[1]
    desk.anthology.story("first", title="初雪")
    desk.save()
    assert desk.get("/stories/first/")[0] == 200


def test_a_machine_in_trouble_is_told_in_the_bar_and_the_pages_stay(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trouble(*_: object) -> None:
        raise OSError("磁盘满了 <b>")

    with monkeypatch.context() as broken:
        broken.setattr("candlelight.preview.rebuild.build", trouble)
        broken.setattr("candlelight.preview.rebuild._PAUSE", 0)
        assert desk.save().trouble
    status, page = desk.get("/stories/first/")
    assert status == 200
    assert "磁盘满了 &lt;b&gt;" in page
    desk.save()
    assert "磁盘满了" not in desk.get("/stories/first/")[1]


def test_a_worker_that_dies_is_told_and_the_next_save_works(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_: object) -> None:
        raise BrokenProcessPool

    with monkeypatch.context() as broken:
        broken.setattr("candlelight.preview.rebuild.build", died)
        assert "内存" in desk.save().trouble
    assert not desk.save().trouble


def test_a_build_that_another_one_holds_up_is_told_and_tried_again(desk: Desk) -> None:
    room = desk.anthology.root / ".candlelight" / ".preview.candlelight"
    with held(room / "lock"):
        assert desk.save().trouble
    assert not desk.save().trouble


def test_two_previews_of_one_anthology_both_reload(desk: Desk) -> None:
    other = Desk(desk.anthology, desk.memory)
    other.save()
    desk.anthology.edit("first", title="第一场雪")
    assert desk.save().shown
    assert other.save().shown


def test_a_photo_that_is_still_being_copied_is_a_problem_until_it_is_whole(desk: Desk) -> None:
    whole = photo("a.jpg")
    desk.anthology.write("content/stories/first/a.jpg", whole[: len(whole) // 2])
    assert desk.save().may_pass
    assert 'class="preview-panel"' in desk.get("/stories/first/")[1]
    desk.anthology.write("content/stories/first/a.jpg", whole)
    assert not desk.save().may_pass
    page = desk.get("/stories/first/")[1]
    assert "assets/photos/" in page
    assert "photo-truncated" not in page


def test_a_half_saved_text_is_a_problem_until_it_is_whole(desk: Desk) -> None:
    path = "content/stories/first/index.md"
    text = (desk.anthology.root / path).read_bytes()
    for half in (b"", text[:9], text[:-1]):
        desk.anthology.write(path, half)
        desk.save()
    desk.anthology.write(path, text)
    assert not desk.save().may_pass
    assert "preview-bar" not in desk.get("/stories/first/")[1]


def test_saving_what_changes_nothing_reloads_nobody(desk: Desk) -> None:
    before = desk.preview.board.standing
    assert not desk.save().shown
    assert desk.preview.board.standing is before


def test_no_published_site_is_touched(desk: Desk) -> None:
    desk.anthology.edit("first", date="某一天")
    desk.save()
    assert not (desk.anthology.root / "public").exists()


def test_paths_are_cut_once_decoded() -> None:
    assert split_path("/%E5%88%9D%E9%9B%AA/?a=1#b") == ["初雪", ""]
    assert split_path("/a%2Fb") == ["a", "b"]
