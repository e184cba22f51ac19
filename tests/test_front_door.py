"""build.py on machines of every kind: what it sets up, what it says, what it passes on."""

import ast
import base64
import ctypes
import hashlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import types
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETS_UP = pytest.mark.packaging  # builds an environment, which takes seconds
POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="signals are a POSIX matter")

# What stands in for Candlelight in these tests.
PROGRAM = """
import os, sys, time
print("program", sys.argv[1:], os.getcwd(), sys.executable, flush=True)
if "lantern" in sys.argv:
    import lantern
    print("lantern", lantern.LIT)
if "wait" in sys.argv:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(130)
sys.exit(7 if "seven" in sys.argv else 0)
"""


# Debian's venv without the package python3-venv: it exits 1 and leaves a broken folder behind.
DEBIAN_VENV = """
import os, sys
if "--without-pip" not in sys.argv:
    os.makedirs(os.path.join(sys.argv[-1], "bin"), exist_ok=True)
    sys.exit("The virtual environment was not created successfully because ensurepip is not available.")
sys.path.remove(os.path.dirname(os.path.dirname(__file__)))
del sys.modules["venv"]
import venv
venv.main(sys.argv[1:])
"""


@pytest.fixture(scope="session")
def front_door() -> types.ModuleType:
    """build.py as a module, to look at its parts."""
    spec = importlib.util.spec_from_file_location("front_door", ROOT / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Checkout:
    """A small checkout in a folder with Chinese, a space and an emoji; its lock pins one wheel."""

    def __init__(self, root: Path) -> None:
        self.root = root / "烛光 测试 🕯"
        self.current = self.root
        self.wheels = root / "wheels"
        self.wheels.mkdir(parents=True)
        self.write("build.py", (ROOT / "build.py").read_text("utf-8"))
        self.write("candlelight/__init__.py", "")
        self.write("candlelight/__main__.py", PROGRAM)
        self.lock(f"lantern==1.0 \\\n    --hash=sha256:{self.wheel()}\n")
        self.environment = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PYTHONPATH": "",
        }

    def lock(self, text: str) -> None:
        """Let *text* be what the site needs, and the book no more."""
        for name in ("core", "all"):
            self.write(f"locks/{name}.txt", text)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def wheel(self) -> str:
        """Make the wheel; its hash."""
        path = self.wheels / "lantern-1.0-py3-none-any.whl"
        texts = {
            "lantern.py": "LIT = True\n",
            "lantern-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: lantern\nVersion: 1.0\n",
            "lantern-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(
            f"{name},sha256={digest},{len(text)}\n"
            for name, text in texts.items()
            for digest in [
                base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
                .decode()
                .rstrip("=")
            ]
        )
        texts["lantern-1.0.dist-info/RECORD"] = record + "lantern-1.0.dist-info/RECORD,,\n"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in texts.items():
                archive.writestr(zipfile.ZipInfo(name), text)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def hide(self, module: str, text: str) -> None:
        """Let *module* be *text* for every Python that runs in this checkout's environment."""
        path = self.write(f"../hidden/{module}/__main__.py", text)
        path.with_name("__init__.py").touch()
        self.environment["PYTHONPATH"] = str(path.parent.parent.resolve())

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.root / "build.py"), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **self.environment, **environment},
            cwd=self.current,
        )

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def leftovers(self) -> set[str]:
        return {path.name for path in self.root.glob(".venv*")} - {".venv"}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def debian(checkout: Checkout) -> Checkout:
    """A checkout on Debian without python3-venv, which is also five seconds quicker."""
    checkout.hide("venv", DEBIAN_VENV)
    return checkout


@pytest.fixture
def silent_index() -> Iterator[str]:
    """The address of a package index that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/simple"


# ---- The first run and the later ones ------------------------------------------------------------


@SETS_UP
def test_the_first_run_sets_up_and_goes_on_and_the_second_starts_at_once(
    checkout: Checkout,
) -> None:
    first = checkout.run("lantern")
    assert first.returncode == 0, first.stderr
    assert "lantern True" in first.stdout
    assert "1/1 " in first.stderr
    second = checkout.run("lantern")
    assert (second.returncode, second.stderr) == (0, "")
    assert checkout.leftovers() == set()


@SETS_UP
@POSIX_ONLY
def test_the_scripts_of_the_environment_name_their_final_place(debian: Checkout) -> None:
    debian.run()
    activate = (debian.root / ".venv/bin/activate").read_text("utf-8")
    assert str(debian.root / ".venv") in activate
    assert ".venv.new" not in activate


def test_a_package_may_put_a_folder_among_the_scripts(
    front_door: types.ModuleType, tmp_path: Path
) -> None:
    aside, folder = tmp_path / ".venv.new-1", tmp_path / ".venv"
    scripts = Path(front_door.python_in(str(aside))).parent
    (scripts / "__pycache__").mkdir(parents=True)
    (scripts / "activate").write_text(str(aside), "utf-8")
    front_door.put(str(aside), str(folder), "lock")
    moved = Path(front_door.python_in(str(folder))).parent
    assert (moved / "__pycache__").is_dir()
    assert (moved / "activate").read_text("utf-8") == str(folder)


def test_an_environment_that_has_the_pins_is_used_as_it_is(checkout: Checkout) -> None:
    checkout.lock(f"pytest=={version('pytest')}\npluggy=={version('pluggy')}\n")
    done = checkout.run("a", "b c")
    assert f"program ['a', 'b c'] {checkout.root} {sys.executable}\n" == done.stdout
    assert not (checkout.root / ".venv").exists()


def test_the_exit_code_of_the_program_passes_through(checkout: Checkout) -> None:
    checkout.lock("")
    assert checkout.run("seven").returncode == 7


def test_files_in_the_current_folder_shadow_nothing(checkout: Checkout) -> None:
    checkout.lock("")
    for name in ("candlelight/__init__.py", "candlelight/__main__.py", "random.py"):
        checkout.write(f"../elsewhere/{name}", "raise SystemExit('shadowed')\n")
    checkout.current = (checkout.root.parent / "elsewhere").resolve()
    assert checkout.run("seven").returncode == 7


@SETS_UP
def test_files_in_the_current_folder_disturb_no_set_up(debian: Checkout) -> None:
    for name in ("random.py", "pip.py", "venv.py"):
        debian.write(f"../elsewhere/{name}", "raise SystemExit('shadowed')\n")
    debian.current = (debian.root.parent / "elsewhere").resolve()
    assert "lantern True" in debian.run("lantern").stdout


@POSIX_ONLY
def test_ctrl_c_reaches_the_program_and_its_exit_code_comes_back(checkout: Checkout) -> None:
    checkout.lock("")
    process = checkout.start("wait")
    assert process.stdout
    process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_windows_waits_for_a_child_and_passes_its_exit_code_on(
    checkout: Checkout, front_door: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "HERE", str(checkout.root))
    monkeypatch.setattr(front_door.os, "name", "nt")
    assert front_door.start(sys.executable, ["seven"]) == 7


def test_a_later_run_imports_nothing_dear(checkout: Checkout) -> None:
    checkout.lock(f"pytest=={version('pytest')} ; sys_platform != 'none'\n")
    dear = {"subprocess", "shutil", "re", "hashlib", "pathlib", "tempfile", "importlib.metadata"}
    code = (
        "import sys; before = set(sys.modules); door = {'__name__': 'door', '__file__': sys.argv[1]};"
        "exec(open(sys.argv[1], encoding='utf-8').read(), door); door['interpreter']('all');"
        f"print(sorted((set(sys.modules) - before) & {dear!r}))"
    )
    command = [sys.executable, "-c", code, str(checkout.root / "build.py")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


# ---- A machine that cannot have the book ---------------------------------------------------------


MISSING = f"\nink==1.0 \\\n    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def bookless(debian: Checkout) -> Checkout:
    """A checkout whose book needs a package that nobody has for this machine."""
    core = (debian.root / "locks/core.txt").read_text("utf-8")
    debian.write("locks/all.txt", core + MISSING)
    return debian


@SETS_UP
def test_where_the_book_cannot_be_had_the_site_is_and_the_command_is_named(
    bookless: Checkout,
) -> None:
    done = bookless.run("lantern", "seven")
    assert (done.returncode, "lantern True" in done.stdout) == (7, True)
    assert "不能用 book" in done.stderr
    assert "No ink==1.0 for this machine: no `book`" in done.stderr
    assert bookless.leftovers() == set()


@SETS_UP
def test_later_runs_do_not_try_the_book_again_until_its_lock_changes(bookless: Checkout) -> None:
    bookless.run("lantern")
    assert bookless.run("lantern").stderr == ""
    core = (bookless.root / "locks/core.txt").read_text("utf-8")
    bookless.write("locks/all.txt", core + MISSING.replace("1.0", "2.0"))
    assert "No ink==2.0" in bookless.run("lantern").stderr
    assert bookless.run("lantern").stderr == ""


@SETS_UP
def test_where_the_site_cannot_be_had_either_nothing_is_set_up(bookless: Checkout) -> None:
    for wheel in bookless.wheels.iterdir():
        wheel.unlink()
    assert_fails(bookless, "没有适合 Python", "No package lantern==1.0")


def test_an_environment_made_for_the_site_alone_is_used_as_it_is(checkout: Checkout) -> None:
    core = f"pytest=={version('pytest')}\n"
    checkout.write("locks/core.txt", core)
    checkout.write("locks/all.txt", core + MISSING)
    done = checkout.run("a")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (checkout.root / ".venv").exists()


# ---- Set-ups that go wrong, or meet --------------------------------------------------------------


@SETS_UP
def test_an_interrupted_set_up_repairs_itself(debian: Checkout) -> None:
    half = debian.write(".venv/bin/python", "half an environment")
    forgotten = debian.write(".venv.new-1/pyvenv.cfg", "").parent
    os.utime(forgotten, (0, 0))
    assert "lantern True" in debian.run("lantern").stdout
    assert half.resolve() != half.absolute() or half.stat().st_size != len("half an environment")
    assert debian.leftovers() == set()


@SETS_UP
@POSIX_ONLY
def test_ctrl_c_during_the_set_up_leaves_nothing_behind(
    debian: Checkout, silent_index: str
) -> None:
    process = debian.start(PIP_NO_INDEX="0", PIP_INDEX_URL=silent_index, PIP_FIND_LINKS="")
    deadline = time.monotonic() + 30
    while not list(debian.root.glob(".venv.new-*/pyvenv.cfg")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "已中断" in err
    assert list(debian.root.glob(".venv*")) == []


@SETS_UP
def test_two_first_runs_at_once_do_not_break_each_other(debian: Checkout) -> None:
    both = [debian.start("lantern"), debian.start("lantern")]
    assert ["lantern True" in process.communicate(timeout=120)[0] for process in both] == [True] * 2
    assert debian.leftovers() == set()
    assert debian.run("lantern").stderr == ""


@pytest.mark.parametrize("part", ["lock", "folder", "python", "platform"])
def test_an_environment_is_whole_only_for_its_lock_place_python_and_platform(
    front_door: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    folder, lock = str(tmp_path), "lantern==1.0\n"
    python = Path(front_door.python_in(folder))
    python.parent.mkdir()
    python.touch()
    (tmp_path / "whole.txt").write_text(front_door.mark(folder, lock), encoding="utf-8")
    assert front_door.whole(folder, lock)
    if part == "python":
        monkeypatch.setattr(sys, "version_info", (3, 99))
    elif part == "platform":
        monkeypatch.setattr(sys, "platform", "elsewhere")
    elif part == "folder":
        moved = tmp_path.with_name("moved")
        tmp_path.rename(moved)
        folder = str(moved)
    assert not front_door.whole(folder, "lantern==2.0\n" if part == "lock" else lock)


# ---- What it says --------------------------------------------------------------------------------


def assert_fails(checkout: Checkout, *sentences: str, **environment: str) -> None:
    done = checkout.run(**environment)
    assert done.returncode == 2
    for sentence in sentences:
        assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert list(checkout.root.glob(".venv*")) == []


@SETS_UP
def test_no_network_is_named(debian: Checkout) -> None:
    debian.environment |= {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
    assert_fails(debian, "连不上网络", "No network", PIP_INDEX_URL="http://127.0.0.1:9/simple")


@SETS_UP
def test_a_refusing_proxy_is_named(debian: Checkout) -> None:
    debian.environment |= {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
    debian.environment["PIP_PROXY"] = "http://127.0.0.1:9"
    assert_fails(debian, "代理", "proxy", PIP_INDEX_URL="https://index.invalid/simple")


@SETS_UP
def test_a_missing_wheel_is_named(debian: Checkout) -> None:
    for wheel in debian.wheels.iterdir():
        wheel.unlink()
    assert_fails(debian, "安装包 lantern==1.0", "No package lantern==1.0 for Python 3.")


@SETS_UP
def test_a_package_that_was_not_locked_is_refused(debian: Checkout) -> None:
    debian.lock(f"lantern==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    assert_fails(debian, "校验值不符", "not the one that was locked")


@SETS_UP
def test_a_python_without_venv_and_pip_is_told_the_exact_command(checkout: Checkout) -> None:
    checkout.hide("venv", DEBIAN_VENV)
    checkout.hide("pip", "raise SystemExit('No module named pip')")
    command = "sudo apt-get update && sudo apt-get install --yes python3-venv"
    assert_fails(checkout, "缺少 venv", "lacks venv", command, PATH="")


def test_root_on_debian_gets_venv_from_apt_and_nobody_else_does(
    front_door: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def succeeds(command: list[str]) -> bool:
        tried.append(command[0] if command[0] in {"apt-get", "pip3"} else command[3])
        return "apt-get" in tried

    monkeypatch.setattr(front_door, "succeeds", succeeds)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    tried: list[str] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert front_door.create("env")[-1] == "pip"
    assert tried == ["venv"] * 3 + ["apt-get"] * 2 + ["venv"]
    tried.clear()
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(front_door.SetupError, match="no-venv"):
        front_door.create("env")
    assert tried == ["venv"] * 3


@SETS_UP
def test_messages_survive_a_console_without_chinese(debian: Checkout) -> None:
    for wheel in debian.wheels.iterdir():
        wheel.unlink()
    assert_fails(debian, "\\u5b89", "No package", PYTHONIOENCODING="ascii")


OUTPUTS = {
    "disk": [
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "ERROR: Could not install packages due to an OSError: [WinError 112] 磁盘空间不足。: 'C:\\\\x'",
        "OSError: [Errno 122] Disk quota exceeded: '/srv/x/.venv'",
    ],
    "certificate": [
        (
            "Could not fetch URL https://mirror/simple/nh3/: There was a problem confirming the ssl "
            "certificate: HTTPSConnectionPool(host='mirror', port=443): Max retries exceeded with url: "
            "/simple/nh3/ (Caused by SSLError(SSLCertVerificationError(1, '[SSL: "
            "CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate')))\n"
            "ERROR: No matching distribution found for nh3==0.3.8"
        ),
        (
            "ERROR: Could not install packages due to an OSError: Could not find a suitable TLS CA "
            "certificate bundle, invalid path: /nowhere.pem"
        ),
    ],
    "proxy": [
        (
            "WARNING: Retrying after connection broken by 'ProxyError('Cannot connect to proxy.', "
            "OSError('Tunnel connection failed: 407 Proxy Authentication Required'))': /simple/nh3/"
        ),
    ],
    "network": [
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip."
            "_vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: "
            "[Errno -3] Temporary failure in name resolution')': /simple/anyio/\n"
            "ERROR: No matching distribution found for anyio==4.16.0"
        ),
        "Failed to establish a new connection: [Errno 11001] getaddrinfo failed",
        "NameResolutionError: Failed to resolve 'mirror' ([Errno 8] nodename nor servname provided)",
        "ReadTimeoutError(\"HTTPSConnectionPool(host='mirror', port=443): Read timed out.\")",
        "ConnectionResetError(10054, '远程主机强迫关闭了一个现有的连接。', None, 10054, None)",
    ],
    "hash": ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."],
    "no-wheel": [
        (
            "ERROR: Could not find a version that satisfies the requirement pillow==13.0.0 (from "
            "versions: none)\nERROR: No matching distribution found for pillow==13.0.0"
        ),
    ],
    "unwritable": [
        "[Errno 13] Permission denied: '/opt/烛光/.venv.new-1'",
        "[WinError 5] 拒绝访问。: 'C:\\\\Program Files\\\\烛光\\\\.venv.new-1'",
        "[Errno 30] Read-only file system: '/media/usb/.venv.new-1'",
    ],
    "unknown": ["ERROR: Exception:"],
}


@pytest.mark.parametrize(
    ("cause", "output"), [(cause, text) for cause, texts in OUTPUTS.items() for text in texts]
)
def test_the_cause_is_told_from_what_pip_and_the_system_say(
    front_door: types.ModuleType, cause: str, output: str
) -> None:
    assert front_door.failure(output).args[0] == cause


def test_every_message_is_in_chinese_and_in_english(front_door: types.ModuleType) -> None:
    for chinese, english in front_door.MESSAGES.values():
        assert not chinese.isascii()
        assert english.isascii()


def test_a_folder_without_write_access_is_named(
    front_door: types.ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(path: str, exist_ok: bool) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "makedirs", refuse)
    monkeypatch.setattr(front_door, "satisfied", lambda lock: False)
    monkeypatch.setattr(front_door, "whole", lambda folder, lock: False)
    assert front_door.main([]) == 2
    assert f"不能在这里写文件：'{ROOT / '.venv.new-'}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("attribute", "fake", "sentence"),
    [("version_info", (3, 9, 6), "需要 Python 3.11"), ("maxsize", 2**31 - 1, "32 位")],
)
def test_a_python_that_is_too_old_or_too_small_is_told_so(
    front_door: types.ModuleType, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], attribute: str, fake: object, sentence: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(front_door, "satisfied", lambda lock: False)
    monkeypatch.setattr(front_door, "whole", lambda folder, lock: False)
    monkeypatch.setattr(sys, attribute, fake)
    code = front_door.main([])
    monkeypatch.undo()
    assert code == 2
    assert sentence in capsys.readouterr().err


def test_python_3_6_can_read_the_front_door() -> None:
    ast.parse((ROOT / "build.py").read_text("utf-8"), feature_version=(3, 6))


def test_the_front_door_needs_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"))
    imports = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert imports <= sys.stdlib_module_names


# ---- A double click on Windows -------------------------------------------------------------------


class FakeKernel:
    """The five processes of a console, as Windows' kernel32 tells of them."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def GetConsoleProcessList(self, numbers: Any, size: int) -> int:  # noqa: N802
        numbers[: len(self.paths)] = list(range(len(self.paths)))
        return len(self.paths)

    def OpenProcess(self, rights: int, inherit: bool, number: int) -> int:  # noqa: N802
        return number

    def QueryFullProcessImageNameW(self, handle: int, flags: int, path: Any, size: Any) -> None:  # noqa: N802
        path.value = self.paths[handle].replace("\\", os.sep)


PYTHON, LAUNCHER, SHELL = r"C:\Python312\python.exe", r"C:\Windows\py.exe", r"C:\Windows\cmd.exe"


@pytest.mark.parametrize(
    ("processes", "own"),
    [
        ([PYTHON], True),
        ([PYTHON, LAUNCHER], True),
        ([PYTHON, SHELL], False),
        ([PYTHON, LAUNCHER, r"C:\Program Files\PowerShell\7\pwsh.exe"], False),
        ([], False),
    ],
)
def test_a_window_without_a_shell_is_our_own(
    front_door: types.ModuleType, monkeypatch: pytest.MonkeyPatch, processes: list[str], own: bool
) -> None:
    kernel = FakeKernel(*processes)
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    assert front_door.has_own_window() is own


@pytest.mark.parametrize(("works", "shown"), [(True, ["public/index.html"]), (False, [])])
def test_a_double_click_opens_the_site_and_always_waits_for_a_key(
    front_door: types.ModuleType, checkout: Checkout, monkeypatch: pytest.MonkeyPatch,
    works: bool, shown: list[str],
) -> None:  # fmt: skip
    seen: list[str] = []
    checkout.write("public/index.html", "")
    parts: Mapping[str, object] = {
        "HERE": str(checkout.root),
        "has_own_window": lambda: True,
        "interpreter": lambda name: sys.executable,
        "start": lambda python, arguments: 0 if works else 1,
    }
    for name, part in parts.items():
        monkeypatch.setattr(front_door, name, part)
    monkeypatch.setattr(os, "startfile", seen.append, raising=False)
    keyboard = types.SimpleNamespace(getch=lambda: seen.append("key"))
    monkeypatch.setitem(sys.modules, "msvcrt", keyboard)
    monkeypatch.setattr(sys, "platform", "win32")
    code = front_door.main([])
    monkeypatch.undo()
    assert code == (0 if works else 1)
    assert [Path(place).relative_to(checkout.root).as_posix() for place in seen[:-1]] == shown
    assert seen[-1] == "key"
