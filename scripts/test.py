"""Run all tests on a machine with nothing but Python: ``python scripts/test.py [what pytest understands]``.

It makes ``.venv``, installs the project with what its tests need, and, where it may, the applications that
the tests drive: LibreOffice, Poppler, and Node.js with two libraries and Microsoft's Open XML validator.
Where it may not (no administrator, not Debian or Ubuntu), the other tests run, and at the end it says what
was left out and how to have it. With ``CI=true`` in the environment nothing may be left out. With
``--no-install`` it leaves the system alone.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE = ROOT / "tests" / "apps" / "node"
ON_CI = os.environ.get("CI", "").lower() in ("true", "1")

# Test files are shared out among as many processes as there are cores: `-n 0` runs them one after the other.
AT_ONCE = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")

DEBIAN_PACKAGES = (
    "libreoffice-calc",
    "libreoffice-script-provider-python",
    "poppler-utils",
    "fonts-crosextra-carlito",  # as wide as Excel's Calibri, so that pages break where Excel breaks them
)


def main() -> int:
    """Prepare, test, and tell what was left out."""
    parser = argparse.ArgumentParser(
        description="Run all tests. Other options go to pytest.", allow_abbrev=False
    )
    parser.add_argument("--no-install", action="store_true", help="install nothing outside the project")
    options, pytest_options = parser.parse_known_args()
    if not options.no_install:
        install_debian_packages()
    make_environment()
    install_node_packages()

    report = subprocess.run(
        [PYTHON, "-m", "tests.apps.availability"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    left_out = report.stdout.decode()
    if left_out and ON_CI:
        print(f"On CI nothing may be left out:\n{left_out}", file=sys.stderr)
        return 1
    environment = {**os.environ, "AUDITKIT_REQUIRE_APPS": "1" if ON_CI else "0"}
    outcome = subprocess.call([PYTHON, "-m", "pytest", *AT_ONCE, *pytest_options], cwd=ROOT, env=environment)
    if left_out:
        print(f"\nThe tests that need these were left out:\n{left_out}")
    return outcome


def make_environment() -> None:
    """Have the project and its test tools in .venv; quick when they are there already."""
    if sys.version_info < (3, 10):  # noqa: UP036 - this file is run by whatever Python there is
        sys.exit(f"auditkit needs Python 3.10 or newer; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "setup.cfg"):
        wanted.update((ROOT / name).read_bytes())
    stamp = VENV / "auditkit-test.stamp"
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted.hexdigest():
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make a virtual environment because its ensurepip is missing. "
            f"On Debian and Ubuntu: sudo apt-get install python{version}-venv. Then run this again."
        )
    if (
        not PYTHON.exists()
        or output([PYTHON, "-c", "import pip, sys; print(sys.version)"]).strip() != sys.version
    ):
        say(f"making a virtual environment in {VENV}")
        run([sys.executable, "-m", "venv", "--clear", VENV])
    say("installing auditkit and its test tools into it")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]"])
    stamp.write_text(wanted.hexdigest())


def install_debian_packages() -> None:
    """Install the applications that are missing, on Debian and its like, when this user may."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return
    wanted = list(DEBIAN_PACKAGES)
    if importlib.util.find_spec("ensurepip") is None and sys.executable.startswith("/usr/bin/"):
        wanted.append("python3-venv")
    absent = [package for package in wanted if not is_installed(package)]
    node = [] if shutil.which("npm") else ["nodejs", "npm"]
    if not absent and not node:
        return
    if os.geteuid() == 0:
        administrator = []
    elif shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        administrator = ["sudo", "-n"]
    else:
        return
    say(f"installing {', '.join(absent + node)}")
    apt = [*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try_to([*apt, "update"])
    for packages in filter(None, (absent, node)):
        try_to([*apt, "install", "--yes", "--no-install-recommends", *packages])


def is_installed(package: str) -> bool:
    """Ask Debian whether a package is there."""
    return output(["dpkg-query", "-W", "-f=${Status}", package]) == "install ok installed"


def install_node_packages() -> None:
    """Bring tests/apps/node/node_modules to what its lock file says."""
    lock, installed = NODE / "package-lock.json", NODE / "node_modules" / "auditkit-test.stamp"
    npm = shutil.which("npm")
    if npm is None or (installed.is_file() and installed.read_bytes() == lock.read_bytes()):
        return
    say("installing SheetJS, ExcelJS and the Open XML validator into tests/apps/node")
    # Not "npm ci": the validator has an optional package for each kind of machine, and where not all of them
    # can be had, no lock file is complete enough for it. The versions are the lock file's all the same.
    if try_to([npm, "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], NODE):
        shutil.copy(lock, installed)


def say(what: str) -> None:
    """Tell the person at the keyboard what is being done to their machine."""
    print(f"scripts/test.py: {what}", flush=True)


def run(command: list[str | Path]) -> None:
    """Run a step without which nothing else can go on."""
    if subprocess.call(command, cwd=ROOT) != 0:
        sys.exit(f"This failed: {' '.join(map(str, command))}")


def try_to(command: list[str], folder: Path = ROOT) -> bool:
    """Run a step that may fail; what it should have brought is then told at the end."""
    succeeded = subprocess.call(command, cwd=folder, stdout=subprocess.DEVNULL) == 0
    if not succeeded:
        say(f"this failed: {' '.join(command)}")
    return succeeded


def output(command: list[str | Path]) -> str:
    """Run a command and return what it prints."""
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
