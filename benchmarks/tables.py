"""How long each engine of docs/clusters.md takes over the same drafts: the page's own blocks, with the full rule set.

Run it as `python benchmarks/tables.py [DRAFTS]`; 4,000 drafts unless another number is given. They are the examples in
the rule files, each with a line of its own so that no two are the same. It prints the table that stands in the page.
Seconds of CPU count every process that an engine starts, so they can be read on a busy machine, too. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from followup_lint.catalog import built_in

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
ENGINES = ("pandas", "polars", "duckdb", "dask", "ray", "spark")
SINGLE = ["--id-column", "id", "--context-column", "kind,company", "--config", "team.yaml", "-o", "findings.parquet"]


def drafts(count: int) -> pa.Table:
    """Return a table of different drafts without what stands before their words."""
    texts = [example.good or example.bad for rule in built_in() for example in rule.file.examples]
    plain = [text.replace("[[", "").replace("]]", "") for text in texts if not text.startswith("---")]
    bodies = [f"{text}\nNote {number}\n" for number, text in enumerate(islice(cycle(plain), count))]
    nobody = pa.nulls(count, pa.string())
    return pa.table({"id": pa.array(range(count), pa.int64()), "body": bodies, "kind": nobody, "company": nobody})


def watch(mark: bytes, seen: dict[str, float], ended: threading.Event) -> None:
    """Note the CPU seconds of every process that has a mark in its environment, until there is no more to be seen."""
    tick = os.sysconf("SC_CLK_TCK")
    while not ended.wait(0.2):
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has just ended, or is none of ours
                if mark in (process / "environ").read_bytes():
                    fields = (process / "stat").read_text().rpartition(")")[2].split()
                    seen[process.name] = (int(fields[11]) + int(fields[12])) / tick


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return the seconds it took, and those of CPU that all its processes took."""
    mark = f"DRAFTS_TIMED={folder.name}"
    environment = os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_AUTH_MODE": "disabled",
        "SPARK_LOCAL_IP": "127.0.0.1",
        **dict([mark.split("=")]),
    }
    seen: dict[str, float] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(mark.encode(), seen, ended))
    watcher.start()
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    ended.set()
    watcher.join()
    if "Traceback" in done.stderr:
        sys.exit(done.stderr)
    return taken, sum(seen.values())


def main() -> None:
    from test_clusters import SET_UP, script

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    program = str(Path(sys.executable).with_name("followup-lint"))
    print("| engine | seconds | of CPU | CPU a draft |\n| ------ | ------- | ------ | ----------- |")
    for engine in ("command line", *ENGINES):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            parquet.write_table(drafts(count), folder / "drafts.parquet", row_group_size=500)
            (folder / "team.yaml").write_text("preset: recommended\n", encoding="utf-8")
            if engine in ENGINES:
                (folder / "run.py").write_text(SET_UP.get(engine, "") + script(engine), encoding="utf-8")
                taken, used = seconds([sys.executable, "run.py"], folder)
            else:
                taken, used = seconds([program, "--input", "drafts.parquet", *SINGLE], folder)
        print(f"| {engine} | {taken:.0f} | {used:.0f} | {used / count * 1000:.1f} ms |", flush=True)


if __name__ == "__main__":
    main()
