"""``python -m tests.fuzz --minutes 10``: fuzz what reads returns, guided by coverage, a container at a time."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from auditkit.round import Round
from tests.fuzz import target
from tests.fuzz.seeds import seeds, signed_round

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "fuzz"
# A reader's compiled code may end its process on a broken file: officers' runs lose that one file only. Running
# out of memory is no such end, since Windows sets a process no limit.
GUARDED, OUT_OF_MEMORY = "reader-died", "oom-"
TRACE_LINES = 40


def main() -> int:
    """Fuzz, and tell what was found; 1 if there are faults."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz what reads returns.")
    parser.add_argument("--minutes", type=float, default=10, help="for how long in all (10)")
    parser.add_argument("containers", nargs="*", metavar="CONTAINER", help="only these: xlsx, ods, eml …")
    options = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        sys.exit("Fuzzing needs atheris, which isn't installed. Install it with: pip install -e '.[fuzz]'")
    with tempfile.TemporaryDirectory() as folder:
        round_ = signed_round(Path(folder) / "round")
        made = seeds(round_)
        unknown = set(options.containers) - made.keys()
        if unknown:
            parser.error(f"no such container: {', '.join(sorted(unknown))}; there are {', '.join(made)}")
        chosen = options.containers or list(made)
        sound = [fuzzed(name, made[name], options.minutes * 60 / len(chosen), round_) for name in chosen]
    print("No faults." if all(sound) else f"Faults in {sound.count(False)} of {len(sound)} containers.")
    return 0 if all(sound) else 1


def fuzzed(name: str, seed: bytes, seconds: float, round_: Round) -> bool:
    """Fuzz one container until the time is over or there is a fault; tell whether there is none."""
    corpus, found = FOLDER / name / "corpus", FOLDER / name / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed)
    log = FOLDER / name / "log.txt"
    end = time.monotonic() + seconds
    while (left := int(end - time.monotonic())) > 0:
        with log.open("wb") as said:
            command = [sys.executable, "-m", "tests.fuzz.child", corpus, f"-artifact_prefix={found}/"]
            limits = [f"-max_total_time={left}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=300000"]
            environment = {**os.environ, "RUST_BACKTRACE": "0"}
            code = subprocess.call([*command, *limits], cwd=ROOT, stdout=said, stderr=said, env=environment)
        text = log.read_text("utf-8", "replace")
        print(f"{name}: {_far(text)}")
        if not code:
            break
        written = re.findall(r"Test unit written to (.+)", text)
        if not written:
            raise SystemExit(f"{name}: the fuzzer itself ended with {code}; see {log}")
        if not guarded(Path(written[-1]), round_):
            print(f"{name}: FAULT, {written[-1]}", *text.splitlines()[-TRACE_LINES:], sep="\n")
            return False
        print(f"{name}: known and guarded, compiled code ended the process: {written[-1]}")
    return True


def _far(text: str) -> str:
    """Return the fuzzer's last word on how far it came: inputs, coverage, inputs a second."""
    said = re.findall(r"^#\d+\s.*", text, re.MULTILINE)
    return said[-1] if said else "never began"


def guarded(path: Path, round_: Round) -> bool:
    """Tell whether a file that ended the fuzzer costs officers no more than that file."""
    if path.name.startswith(OUT_OF_MEMORY):
        return False
    (round_.returns / "file").write_bytes(path.read_bytes())
    returns = target.read(round_, isolated=True)
    return any(finding.code == GUARDED for one in returns for finding in one.findings)


if __name__ == "__main__":
    sys.exit(main())
