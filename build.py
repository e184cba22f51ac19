#!/usr/bin/env python3
"""The front door of Candlelight 烛光: `python build.py` builds the site; `--help` says the rest.

If the interpreter that runs this file has all that the lock pins, it is used as it is. Otherwise an
environment is built aside, marked whole last, and put beside this file: `.venv`, or `.venv-test`
for `build.py test`. Then `python -m candlelight` takes over. Exit code 2: the set-up failed.

Only the standard library, imported late, because later runs must start at once. Python 3.6 must be
able to read this file, or it could not say that it is too old: annotations stand in quotes.
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
                    "The index's certificate is not trusted. Check the date; ask your network's admin."),
    "proxy": ("代理服务器没有放行。请检查代理设置（HTTPS_PROXY，或 pip 的 proxy）。",
              "The proxy refused. Check its settings (HTTPS_PROXY, or pip's `proxy`)."),
    "network": ("连不上网络，软件包没有下载下来。请联网后再运行一次。",
                "No network: the packages could not be downloaded. Connect and run this again."),
    "hash": ("下载的软件包与锁定的校验值不符。请再运行一次；用了镜像的，请换一个。",
             "A downloaded package is not the one that was locked. Try again, or another mirror."),
    "no-wheel": ("没有适合这个 Python {python} 的安装包：{detail}。请用官方的 Python 3.11–3.14，或换镜像。",
                 "No package for this Python {python}: {detail}. Use Python 3.11-3.14, or another mirror."),
    "unwritable": ("不能在这里写文件：{detail}。请把整个文件夹移到自己的“文档”里。",
                   "Cannot write here: {detail}. Move the folder to a place of your own."),
    "no-venv": ("这个 Python 缺少 venv。请先输入这条命令：\n    {detail}",
                "This Python lacks venv. First type the command above, then run this again."),
    "unknown": ("环境没有准备好，原因见上。", "The set-up failed; the lines above say why."),
    "interrupted": ("已中断；再运行一次即可。", "Interrupted; run this again to go on."),
}

# What the words of venv, pip and the system say of the cause. The first that fits counts: a bad
# certificate also ends in "Max retries exceeded", and no network in "No matching distribution".
CAUSES = (
    ("disk", r"No space left|Errno (?:28|122)\]|WinError 112\]|not enough space on the disk"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification|TLS CA certificate"),
    ("proxy", r"ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy"),
    ("network", r"NewConnectionError|Failed to establish|getaddrinfo failed|nodename nor servname"
                r"|name resolution|Name or service not known|timed out|ConnectTimeout|Connection ?Reset"
                r"|Connection (?:refused|broken|aborted)|Network is unreachable|Max retries exceeded"),
    ("hash", r"DO NOT MATCH THE HASHES"),
    ("no-wheel", r"No matching distribution found for (?P<detail>\S+)"),
    ("no-wheel", r"(?P<detail>\S+) is not a supported wheel"),
    ("unwritable", r"(?:Errno (?:13|30)|WinError 5)\].*?(?P<detail>'.*')"),
    ("unwritable", r"(?P<detail>Permission denied|Read-only file system)"),
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
        code = start(interpreter("test" if arguments[:1] == ["test"] else "core"), arguments)
    except SetupError as error:
        say(*error.args)
        code = 2
    except KeyboardInterrupt:
        say("interrupted")
        code = 130
    if sys.platform == "win32" and has_own_window():
        keep_window_open(show_site=code == 0 and not arguments)
    return code


def say(cause: str, detail: str = "") -> None:
    """Print one message in Chinese and in English."""
    python = "%d.%d" % sys.version_info[:2]
    for text in MESSAGES[cause]:
        print(text.format(python=python, detail=detail).strip(), file=sys.stderr)


def interpreter(name: str) -> str:
    """The Python that has all that locks/*name*.txt pins: this one, or that of an environment."""
    if sys.version_info < (3, 11):
        import shutil

        newer = [name for name in ("python3.14", "python3.13", "python3.12") if shutil.which(name)]
        raise SetupError("old", "→ %s build.py" % newer[0] if newer else "")
    lock_file = os.path.join(HERE, "locks", name + ".txt")
    with open(lock_file, encoding="utf-8") as file:
        lock = file.read()
    if satisfied(lock):
        return sys.executable
    folder = os.path.join(HERE, ".venv" if name == "core" else ".venv-" + name)
    if not whole(folder, lock):
        set_up(folder, lock_file, lock)
    return python_in(folder)


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
    """`name==version` of each requirement of *lock* whose marker fits this machine.

    A marker's grammar is a subset of Python's. Versions compare as text: right from 3.10 to 3.99.
    """
    names = {
        "sys_platform": sys.platform,
        "python_full_version": "%d.%d.%d" % sys.version_info[:3],
        "platform_python_implementation": sys.implementation.name.replace("cp", "CP"),
    }
    lines = [line.rstrip(" \\") for line in lock.splitlines() if "==" in line]
    parts = [line.partition(" ; ") for line in lines if not line.startswith("#")]
    return [pin for pin, _, marker in parts if not marker or eval(marker, names)]  # noqa: S307 - ours


def python_in(folder: str) -> str:
    """The interpreter of the environment in *folder*."""
    return os.path.join(folder, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def mark(folder: str, lock: str) -> str:
    """What a whole environment says of itself: a difference in any of it makes it unfit."""
    import hashlib
    import platform

    digest = hashlib.sha256(lock.encode()).hexdigest()
    python = "%d.%d %s" % (sys.version_info[0], sys.version_info[1], sys.base_prefix)
    return "\n".join([digest, python, sys.platform + " " + platform.machine(), folder])


def whole(folder: str, lock: str) -> bool:
    """Was the environment in *folder* finished, for this lock, Python, platform and path?"""
    try:
        with open(os.path.join(folder, "whole.txt"), encoding="utf-8") as file:
            return file.read() == mark(folder, lock) and os.path.exists(python_in(folder))
    except (OSError, ValueError):
        return False


def set_up(folder: str, lock_file: str, lock: str) -> None:
    """Build the environment aside, then put it at *folder*: two first runs never share one."""
    import shutil

    if sys.maxsize <= 2**32:
        raise SetupError("32-bit")
    aside = "%s.new-%d" % (folder, os.getpid())
    try:
        os.mkdir(aside)
        install(create(aside), lock_file, len(pins(lock)))
        correct_scripts(aside, folder)
        with open(os.path.join(aside, "whole.txt"), "w", encoding="utf-8") as file:
            file.write(mark(folder, lock))
        put(aside, folder, lock)
    except OSError as error:
        raise failure(str(error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def create(folder: str) -> "list[str]":
    """Make an environment without packages in *folder*; the pip command that installs into it."""
    progress("venv")
    venv = [sys.executable, "-P", "-m", "venv", "--clear", folder]
    own_pip = [python_in(folder), "-P", "-m", "pip"]
    if succeeds(venv):
        return own_pip
    for pip in ([sys.executable, "-P", "-m", "pip"], ["pip3"]):  # Debian splits off ensurepip.
        pip += ["--python", folder]
        if succeeds([*venv, "--without-pip"]) and succeeds([*pip, "--version"]):
            return pip
    default = os.path.realpath("/usr/bin/python3") == os.path.realpath(sys.executable)
    package = "python3-venv" if default else "python3.%d-venv" % sys.version_info[1]
    apt = ["apt-get", "install", "--yes", package]
    if sys.base_prefix == "/usr" and os.geteuid() == 0:
        progress(" ".join(apt))
        if succeeds(["apt-get", "update"]) and succeeds(apt) and succeeds(venv):
            return own_pip
    raise SetupError("no-venv", "sudo apt-get update && sudo " + " ".join(apt))


def succeeds(command: "list[str]") -> bool:
    """Run a step that another may replace; but a full disk or a missing right ends the set-up."""
    import subprocess

    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except FileNotFoundError:
        return False
    cause = failure(os.fsdecode(done.stdout), quiet=True) if done.returncode else None
    if cause and cause.args[0] in ("disk", "unwritable"):
        raise cause
    return not done.returncode


def install(pip: "list[str]", lock_file: str, total: int) -> None:
    """Install the lock's *total* pins; pip's own settings (mirror, proxy, certificate) hold."""
    import subprocess

    options = ["--require-hashes", "--only-binary", ":all:", "--progress-bar", "off", "--no-input"]
    command = [*pip, "install", *options, "--disable-pip-version-check", "-r", lock_file]
    output, count = "", 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for raw in process.stdout or ():
            line = raw.decode("utf-8", "backslashreplace")
            output += line
            if line.startswith(("Collecting ", "Processing ", "Installing ")):
                count += not line.startswith("Installing ")
                progress("%d/%d %s" % (count, total, " ".join(line.split()[:2]).rstrip(":")))
    if process.returncode:
        raise failure(output)


def progress(step: str) -> None:
    """Say what the set-up does now: in one line that changes on a terminal, else a line a step."""
    start, end = ("\r\033[K", "") if sys.stderr.isatty() else ("", "\n")
    print("%s正在准备环境 Setting up: %s" % (start, step[:50]), end=end, file=sys.stderr, flush=True)


def failure(output: str, quiet: bool = False) -> SetupError:
    """What is wrong, by the words of venv, pip or the system; where unclear, they are printed."""
    import re

    for cause, pattern in CAUSES:
        match = re.search(pattern, output)
        if match:
            return SetupError(cause, match.groupdict().get("detail", ""))
    if not quiet:
        print("\n" + output[-3000:], file=sys.stderr)
    return SetupError("unknown")


def correct_scripts(aside: str, folder: str) -> None:
    """Let `activate` and `pip` name the final place; Windows' .exe files cannot be corrected."""
    for entry in os.scandir(os.path.dirname(python_in(aside))):
        if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".exe"):
            with open(entry.path, "rb") as file:
                text = file.read()
            with open(entry.path, "wb") as file:
                file.write(text.replace(os.fsencode(aside), os.fsencode(folder)))


def put(aside: str, folder: str, lock: str) -> None:
    """Move the finished environment into place, unless another first run was quicker."""
    import glob
    import shutil
    import time

    try:
        if os.path.lexists(folder) and not whole(folder, lock):
            os.rename(folder, "%s.old-%d" % (folder, os.getpid()))
        os.rename(aside, folder)
    except OSError:
        if not whole(folder, lock):
            raise
    for left in glob.glob(glob.escape(folder) + ".*-*"):  # by interrupted set-ups, not by running ones
        if ".old-" in left or time.time() - os.path.getmtime(left) > 3600:
            shutil.rmtree(left, ignore_errors=True)


def start(python: str, arguments: "list[str]") -> int:
    """Run this checkout's Candlelight in the current folder; its exit code.

    On POSIX it takes this process over, so that every signal and every exit code is its own.
    """
    search = os.pathsep.join(filter(None, [HERE, os.environ.get("PYTHONPATH")]))
    environment = dict(os.environ, PYTHONPATH=search)
    command = [python, "-P", "-m", "candlelight", *arguments]  # -P: nothing from the current folder
    if os.name == "posix":
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

    kernel = ctypes.windll.kernel32
    processes, path = (ctypes.c_uint32 * 16)(), ctypes.create_unicode_buffer(1024)
    names = []
    for number in processes[: kernel.GetConsoleProcessList(processes, 16)]:
        handle = kernel.OpenProcess(0x1000, False, number)  # PROCESS_QUERY_LIMITED_INFORMATION
        kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(ctypes.c_uint32(1024)))
        kernel.CloseHandle(handle)
        names.append(os.path.basename(path.value).lower())
    return bool(names) and all(name.startswith(("python", "py.", "pymanager")) for name in names)


def keep_window_open(show_site: bool) -> None:
    """Let the reader of a window of our own see the site, and what the window says."""
    import msvcrt

    site = os.path.join(HERE, "public", "index.html")
    if show_site and os.path.exists(site):
        os.startfile(site)  # type: ignore[attr-defined]
    print("按任意键关闭窗口。 Press any key to close this window.")
    msvcrt.getch()  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
