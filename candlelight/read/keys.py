"""The keys that an editor may write, in English and in both Chinese scripts."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping

Keys = Mapping[str, str]
"""For each canonical key its other spellings, separated by spaces."""

_COMMON = {
    "title": "标题 標題 题目 題目 题名 題名",
    "aliases": "alias 别名 別名 又名 旧名 舊名",
    "summary": "摘要 简介 簡介 提要 导语 導語 description",
    "lang": "语言 語言 language",
    "draft": "草稿",
    "photos": "照片 相片 图片 圖片 photo images image",
    "cover": "封面 封面图 封面圖",
    "source": "来源 來源 出处 出處",
    "credits": "署名 鸣谢 鳴謝 致谢 致謝 credit",
}
_TEAM = "团队 團隊 志愿团队 志願團隊 志愿者团队 志願者團隊"
_COMMUNITY = "服务点 服務點 社区 社區"
_LEADERS = "负责人 負責人 领队 領隊 队长 隊長 leader"
_CITY = "城市 市"

STORY: Keys = {
    **_COMMON,
    "author": "作者 authors 撰文",
    "role": "身份 身分",
    "team": _TEAM,
    "community": _COMMUNITY,
    "date": "日期 时间 時間",
    "people": "人物 person",
    "corrections": "更正 勘误 勘誤 correction",
    "version_of": "版本 另一版本 原篇 同篇",
}
TEAM: Keys = {
    **_COMMON,
    "title": f"{_COMMON['title']} 名称 名稱 name {_TEAM}",
    "motto": "口号 口號 团训 團訓 格言",
    "city": _CITY,
    "leaders": _LEADERS,
}
COMMUNITY: Keys = {
    **_COMMON,
    "title": f"{_COMMON['title']} 名称 名稱 name 服务点 服務點",
    "number": "编号 編號 序号 序號",
    "province": "省 省份",
    "city": _CITY,
    "district": "区 區 城区 城區 区县 區縣",
    "community": "社区 社區",
    "compound": "小区 小區",
    "leaders": _LEADERS,
    "teams": f"team {_TEAM}",
}
PERSON: Keys = {
    **_COMMON,
    "title": f"{_COMMON['title']} 姓名 名字 name",
    "team": _TEAM,
    "portrait": "头像 頭像 肖像",
    "consent": "同意 授权 授權",
}
PAGE: Keys = {**_COMMON, "epigraph": "题记 題記 题词 題詞"}

PHOTO: Keys = {
    "file": "文件 文件名 檔案 檔名 src path",
    "caption": "说明 說明 图说 圖說 图注 圖註 标题 標題 title",
    "credit": "摄影 攝影 供图 供圖 署名 来源 來源 图源 圖源 photographer",
    "alt": "替代文字 替代文本 描述",
    "consent": "同意 授权 授權",
}
SOURCE: Keys = {
    "title": "标题 標題 题目 題目",
    "url": "网址 網址 链接 鏈接 連結 link",
    "publisher": "发布 發布 发布者 發布者 媒体 媒體 刊物 出版",
    "date": "日期 时间 時間",
    "rights": "版权 版權 许可 許可 license",
}
CORRECTION: Keys = {"text": "内容 內容 说明 說明", "date": "日期 时间 時間"}
CREDIT: Keys = {"role": "角色 职务 職務 工作", "names": "name 姓名 人名 名字"}
SITE: Keys = {
    "title": "标题 標題 名称 名稱 name",
    "subtitle": "副标题 副標題",
    "language": "语言 語言 lang",
    "base_url": "网址 網址 url",
    "time_zone": "时区 時區 timezone",
    "description": "简介 簡介 说明 說明 摘要",
    "footer": "页脚 頁腳",
    "order": "顺序 順序 排序",
    "credits": _COMMON["credits"],
    "photos": _COMMON["photos"],
    "bogda": "博格达 博格達",
    "cards": "分享图 分享圖 故事分享图 故事分享圖",
    "book": "书 書 书籍 書籍 成书 成書",
}
SITE_PHOTOS: Keys = {
    "widths": "宽度 寬度",
    "avif": "",
    "max_pixels": "像素上限",
}
BOOK: Keys = {
    "title": f"书名 書名 {_COMMON['title']}",
    "subtitle": "副标题 副標題 副题 副題",
    "latin": "外文书名 外文書名 英文书名 英文書名",
    "editors": "编者 編者 主编 主編 editor",
    "quote": "封底 封底文字 引文",
    "trim": "开本 開本",
    "lines": "行数 行數 每页行数 每頁行數",
    "order": "顺序 順序 排序",
    "stories": "篇目 故事 选篇 選篇",
    "volumes": "分册 分冊 分卷",
    "volume_pages": "每册页数 每冊頁數 每卷页数 每卷頁數",
    "preface": "前言 序 序言",
    "afterword": "后记 後記 跋",
    "colophon": "版权页 版權頁",
    "edition": "版次",
    "date": "出版日期 出版时间 出版時間 日期",
    "isbn": "书号 書號",
    "price": "定价 定價",
    "fonts": "字体 字體 font",
    "icc_profile": "色彩文件 色彩配置 icc",
    "paper": "纸厚 紙厚",
    "boards": "封面厚 封皮厚",
    "black": "单色 單色 黑白",
}
VOLUME: Keys = {"title": f"书名 書名 册名 冊名 {_COMMON['title']}", "stories": BOOK["stories"]}

KINDS: Mapping[str, Keys] = {
    "story": STORY,
    "team": TEAM,
    "community": COMMUNITY,
    "person": PERSON,
    "page": PAGE,
}

NESTED: Mapping[str, Keys] = {
    "photos": PHOTO,
    "source": SOURCE,
    "corrections": CORRECTION,
    "credits": CREDIT,
}
NESTED_SITE: Mapping[str, Keys] = {
    "photos": SITE_PHOTOS,
    "credits": CREDIT,
    "book": BOOK,
    "book.volumes": VOLUME,
}


def canonical(written: str, keys: Keys) -> str:
    """The English name of *written* among *keys*, or ``""`` if none has it."""
    if written in keys:
        return written
    return _table(tuple(keys.items())).get(_plain(written), "")


def nearest_key(written: str, keys: Keys) -> str:
    """The known key that *written* is most likely a slip of, or ``""``."""
    # Late: a clean anthology never needs it.
    from candlelight.names import nearest

    table = _table(tuple(keys.items()))
    return table.get(nearest(_plain(written), table, at_least=0.6), "")


@functools.cache
def _table(keys: tuple[tuple[str, str], ...]) -> dict[str, str]:
    table = {}
    for key, others in keys:
        table.update(dict.fromkeys((_plain(key), *others.split()), key))
    return table


def _plain(written: str) -> str:
    # Word processors put their quotes around a key as well.
    text = unicodedata.normalize("NFKC", written).strip(" \t“”‘’「」").lower()
    return text.replace("-", "_").replace(" ", "_")
