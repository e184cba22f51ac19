#!/usr/bin/env python3
"""The front door of Candlelight 烛光: `python build.py` builds the site; `--help` says the rest.

If the interpreter that runs this file has all that the lock pins, it is used as it is. Otherwise an
environment is built aside, marked whole last, and put beside this file: `.venv`, or `.venv-test`
for `build.py test`. Where the packages of the book cannot be had, it gets those of the site alone.
Then `python -m candlelight` takes over. Exit code 2: the set-up failed.

Only the standard library, imported late, because later runs must start at once. Python 3.6 must be
able to read this file, or it could not say that it is too old: annotations are quoted.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# fmt: off
MESSAGES = {
    "old": ("需要 Python 3.11 或更新版本，这里是 {python}。请从 python.org 安装。{detail}",
            "Python 3.11 or later is needed, this is {python}. See python.org. {detail}"),
    "32-bit": ("这是 32 位的 Python，没有适合它的安装包。请安装 64 位版本。",
               "This Python has 32 bits; there are no packages for it. Install a 64-bit one."),
    "disk": ("磁盘满了。请腾出 500 MB 空间，再运行一次。",
             "The disk is full. Free 500 MB and run this again."),
    "certificate": ("下载网站的证书无法验证。请看看电脑的日期；在单位里，请向网管要证书。",
                    "The index's certificate is not trusted. Is the date right? Ask your network."),
    "proxy": ("代理服务器没有放行。请检查代理设置（HTTPS_PROXY，或 pip 的 proxy）。",
              "The proxy refused. Check its settings (HTTPS_PROXY, or pip's `proxy`)."),
    "network": ("连不上网络，软件包没有下载下来。请联网后再运行一次。",
                "No network: the packages could not be downloaded. Connect and run this again."),
    "hash": ("下载的软件包与锁定的校验值不符。请再运行一次；用了镜像的，请换一个。",
             "A package is not the one that was locked. Try again, or use another mirror."),
    "no-wheel": ("没有适合 Python {python} 的安装包 {detail}。请用 3.11–3.14，检查网络，或换镜像。",
                 "No package {detail} for Python {python}. Use 3.11-3.14, or look at the network."),
    "no-book": ("没有适合这台电脑的 {detail}：不能用 book，别的照常。要再试，请删去 .venv。",
                "No {detail} for this machine: no `book`, all else. To try again, delete .venv."),
    "unwritable": ("不能在这里写文件：{detail}。请把整个文件夹移到自己的“文档”里。",
                   "Cannot write here: {detail}. Move the folder to a place of your own."),
    "no-venv": ("这个 Python 缺少 venv。请先输入这条命令：\n    {detail}",
                "This Python lacks venv. First type the command above, then run this again."),
    "unknown": ("环境没有准备好，原因见上。", "The set-up failed; the lines above say why."),
    "interrupted": ("已中断；再运行一次即可。", "Interrupted; run this again to go on."),
}

# The cause, by the words of venv, pip and the system. The first that fits counts: a bad certificate
# also ends in "Max retries exceeded", and a missing network in "No matching distribution".
CAUSES = (
    ("disk", r"No space left|Errno (?:28|122)\]|WinError 112\]|not enough space on the disk"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification|TLS CA certificate"),
    ("proxy", r"ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy"),
    ("network", r"failed to (?:establish|resolve)|getaddrinfo failed|name resolution|timed out"),
    ("network", r"connection ?(?:reset|refused|broken|aborted)|max retries|network is unreachable"),
    ("hash", r"do not match the hashes"),
    ("no-wheel", r"No matching distribution found for (?P<detail>\S+)"),
    ("unwritable", r"(?:Permission denied|Read-only file|WinError 5\])[^']*(?P<detail>'.*')?"),
)
# fmt: on


class SetupError(Exception):
    """The set-up cannot go on; its arguments are a key of MESSAGES and the detail in it."""


def main(arguments: "list[str]") -> int:
    """Set up where needed, then run Candlelight; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # A Chinese message on a Western console is no crash.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = start(interpreter("test" if arguments[:1] == ["test"] else "all"), arguments)
    except SetupError as error:
        code = say(*error.args)
    except KeyboardInterrupt:
        code = say("interrupted", code=130)
    if sys.platform == "win32" and has_own_window():
        keep_window_open(show_site=code == 0 and not arguments)
    return code


def say(cause: str, detail: str = "", code: int = 2) -> int:
    """Print one message in Chinese and in English; *code*."""
    for text in MESSAGES[cause]:
        print(text.format(python=sys.version.split()[0], detail=detail), file=sys.stderr)
    return code


def interpreter(name: str) -> str:
    """The Python that has what locks/*name*.txt pins: this one, or that of an environment."""
    if sys.version_info < (3, 11):
        import shutil

        newer = [name for name in ("python3.14", "python3.13", "python3.12") if shutil.which(name)]
        raise SetupError("old", "→ %s build.py" % newer[0] if newer else "")
    lock = read_lock(name)
    if satisfied(lock):
        return sys.executable
    folder = os.path.join(HERE, ".venv" if name == "all" else ".venv-" + name)
    if not whole(folder, lock):
        if name == "all" and satisfied(read_lock("core")):
            return sys.executable  # Whoever made it so wants the site alone.
        set_up(folder, name, lock)
    return python_in(folder)


def lock_file(name: str) -> str:
    """The path of the lock *name*."""
    return os.path.join(HERE, "locks", name + ".txt")


def read_lock(name: str) -> str:
    """The text of the lock *name*."""
    with open(lock_file(name), encoding="utf-8") as file:
        return file.read()


def satisfied(lock: str) -> bool:
    """Does the running interpreter have each pin of *lock*, in exactly that version?"""
    found = set()
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):  # Jinja2-3.1.6.dist-info; importlib.metadata costs 50 ms
            if name.endswith(".dist-info"):
                project, _, version = name[: -len(".dist-info")].partition("-")
                found.add(project.lower().replace("_", "-").replace(".", "-") + "==" + version)
    return all(pin in found for pin in pins(lock))


def pins(lock: str) -> "list[str]":
    """`name==version` of each requirement of *lock* whose marker fits this machine."""
    # A marker's grammar is a subset of Python's; versions compare as text: right from 3.10 to 3.99.
    names = {"sys_platform": sys.platform, "python_full_version": sys.version.split()[0]}
    names["platform_python_implementation"] = sys.implementation.name.replace("cp", "CP")
    lines = [line.rstrip(" \\") for line in lock.splitlines() if "==" in line]
    parts = [line.partition(" ; ") for line in lines if not line.startswith("#")]
    return [pin for pin, _, marker in parts if not marker or eval(marker, names)]  # noqa: S307 - ours


def python_in(folder: str) -> str:
    """The interpreter of the environment in *folder*."""
    return os.path.join(folder, "Scripts\\python.exe" if os.name == "nt" else "bin/python")


def mark(folder: str, lock: str) -> str:
    """What a whole environment says of itself: a difference in any of it makes it unfit."""
    machine = sys.version if sys.platform == "win32" else os.uname().machine  # type: ignore[attr-defined,unused-ignore]
    python = ["%d.%d" % sys.version_info[:2], sys.base_prefix, sys.platform, machine]
    return "\n".join([*python, folder, lock])  # The lock itself: hashlib would cost 5 ms a start.


def whole(folder: str, lock: str) -> bool:
    """Was the environment in *folder* finished, for this lock, Python, platform and path?"""
    try:
        with open(os.path.join(folder, "whole.txt"), encoding="utf-8") as file:
            return file.read() == mark(folder, lock) and os.path.exists(python_in(folder))
    except (OSError, ValueError):
        return False


def set_up(folder: str, name: str, lock: str) -> None:
    """Build the environment aside, then put it at *folder*: two first runs never share one."""
    import shutil

    if sys.maxsize <= 2**32:
        raise SetupError("32-bit")
    aside = "%s.new-%d" % (folder, os.getpid())
    try:
        os.makedirs(aside, exist_ok=True)  # A killed set-up may have had the same number.
        pip = create(aside)
        try:
            install(pip, name)
        except SetupError as error:
            if name != "all" or error.args[0] != "no-wheel":
                raise
            install(pip, "core")
            say("no-book", error.args[1])
        put(aside, folder, lock)  # Whole for the lock that was asked for: it is tried but once.
    except OSError as error:
        raise failure(str(error), show=True) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def create(folder: str) -> "list[str]":
    """Make an environment without packages in *folder*; the pip command that installs into it."""
    progress("venv")
    venv = [sys.executable, "-P", "-m", "venv", "--clear", "--prompt", "candlelight", folder]
    own_pip = [python_in(folder), "-P", "-m", "pip"]
    if succeeds(venv):
        return own_pip
    for pip in ([sys.executable, "-P", "-m", "pip"], ["pip3"]):  # Debian splits off ensurepip.
        pip += ["--python", folder]
        if succeeds([*venv, "--without-pip"]) and succeeds([*pip, "--version"]):
            return pip
    apt = ["apt-get", "install", "--yes", "python3-venv", "python3.%d-venv" % sys.version_info[1]]
    if sys.platform == "linux" and sys.base_prefix == "/usr" and os.geteuid() == 0:
        progress(" ".join(apt))
        if succeeds(["apt-get", "update"]) and succeeds(apt) and succeeds(venv):
            return own_pip
    raise SetupError("no-venv", "sudo apt-get update && sudo " + " ".join(apt))


def succeeds(command: "list[str]") -> bool:
    """Run a step that another may replace; but a full disk or a missing right ends the set-up."""
    import shutil
    import subprocess

    if not shutil.which(command[0]):
        return False
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    reason = failure(done.stdout.decode("utf-8", "replace"))
    if done.returncode and reason.args[0] in ("disk", "unwritable"):
        raise reason
    return not done.returncode


def install(pip: "list[str]", name: str) -> None:
    """Install the pins of the lock *name*; pip's own settings (mirror, proxy, certificate) hold."""
    import subprocess

    options = ["--require-hashes", "--only-binary", ":all:", "--progress-bar", "off", "--no-input"]
    command = [*pip, "install", *options, "--disable-pip-version-check", "-r", lock_file(name)]
    output, count, total = "", 0, len(pins(read_lock(name)))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in (raw.decode("utf-8", "replace") for raw in process.stdout or ()):
            output += line
            verb, _, rest = line.partition(" ")
            if verb in ("Collecting", "Processing"):
                count += 1
                progress("%d/%d %s" % (count, total, os.path.basename(rest.split()[0])))
    print(file=sys.stderr)
    if process.returncode:
        raise failure(output, show=True)


def progress(step: str) -> None:
    """Say what the set-up does now: in one line that changes on a terminal, else a line a step."""
    form, end = ("\r%s%-50.50s", "") if sys.stderr.isatty() else ("%s%.50s", "\n")
    print(form % ("正在准备 Setting up: ", step), end=end, file=sys.stderr, flush=True)


def failure(output: str, show: bool = False) -> SetupError:
    """What is wrong, by the words of venv, pip or the system; *show* their last lines too."""
    import re

    print(output[-3000:] if show else "", end="\n" * show, file=sys.stderr)
    for cause, pattern in CAUSES:
        match = re.search(pattern, output, re.IGNORECASE)
        if match:
            return SetupError(cause, match.groupdict().get("detail") or HERE)
    return SetupError("unknown")


def put(aside: str, folder: str, lock: str) -> None:
    """Mark the finished environment and move it into place, unless another run was quicker."""
    import shutil
    import time
    from pathlib import Path

    for script in Path(python_in(aside)).parent.iterdir():  # `activate` and `pip` name their place.
        if script.is_file() and not script.is_symlink() and script.suffix != ".exe":
            text = script.read_bytes().replace(os.fsencode(aside), os.fsencode(folder))
            script.write_bytes(text)
    Path(aside, "whole.txt").write_text(mark(folder, lock), encoding="utf-8")
    for left in Path(HERE).glob(os.path.basename(folder) + ".*-*"):
        if ".old-" in left.name or time.time() - left.stat().st_mtime > 3600:  # else it may run
            shutil.rmtree(left, ignore_errors=True)
    old = "%s.old-%d" % (folder, os.getpid())
    try:
        if os.path.lexists(folder) and not whole(folder, lock):
            os.rename(folder, old)
        os.rename(aside, folder)
    except OSError:
        if not whole(folder, lock):
            raise
    shutil.rmtree(old, ignore_errors=True)


def start(python: str, arguments: "list[str]") -> int:
    """Run this checkout's Candlelight in the current folder; its exit code."""
    search = [HERE, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(search))
    command = [python, "-P", "-m", "candlelight", *arguments]  # -P: nothing from the current folder
    if os.name == "posix":  # It takes this process over: every signal and exit code is its own.
        os.execve(python, command, environment)
    import subprocess

    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # The child has received it too, and ends in its own way.
            continue


def has_own_window() -> bool:
    """Was this console opened for Python alone, as by a double click? (A shell would be in it.)"""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    processes, path, names = (ctypes.c_uint32 * 16)(), ctypes.create_unicode_buffer(1024), []
    for number in processes[: kernel.GetConsoleProcessList(processes, 16)]:
        handle = kernel.OpenProcess(0x1000, False, number)  # PROCESS_QUERY_LIMITED_INFORMATION
        kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(ctypes.c_uint32(1024)))
        names.append(os.path.basename(path.value).lower())
    return bool(names) and all(name.startswith(("python", "py.", "pymanager")) for name in names)


def keep_window_open(show_site: bool) -> None:
    """Let the reader of a window of our own see the site, and what the window says."""
    import msvcrt

    site = os.path.join(HERE, "public", "index.html")
    if show_site and os.path.exists(site):
        os.startfile(site)  # type: ignore[attr-defined,unused-ignore]
    print("按任意键关闭窗口。 Press any key to close this window.")
    msvcrt.getch()  # type: ignore[attr-defined,unused-ignore]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
