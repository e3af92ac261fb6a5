"""What docs/clusters.md tells to write, run as it stands: each engine finds what one process finds, row for row."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from consoles import ROOT, blocks
from table_samples import QUICK, folder_of, rows

pytest.importorskip("pyarrow")

PAGE = ROOT / "docs" / "clusters.md"
MANY, FEW = 20_000, 200
BLOCKS = [block.text for block in blocks(PAGE.read_text(encoding="utf-8")) if block.language == "python"]

# What a cluster has set up before anybody's script begins; here, on two cores, and for nobody but this machine.
SET_UP = {
    "ray": "import ray\nray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000,"
    " _node_ip_address='127.0.0.1', log_to_driver=False)\n",
    "spark": "from pyspark.sql import SparkSession\nbuilder = SparkSession.builder.master('local[2]')\n"
    "for key, value in {'spark.ui.enabled': 'false', 'spark.driver.host': '127.0.0.1',"
    " 'spark.driver.bindAddress': '127.0.0.1', 'spark.driver.memory': '512m'}.items():\n"
    "    builder = builder.config(key, value)\nbuilder.getOrCreate()\n",
}


def script(engine: str) -> str:
    """Return the block of the page that imports an engine."""
    found = [text for text in BLOCKS if re.search(rf"^(?:import|from) (?:py)?{engine}\b", text, re.MULTILINE)]
    assert len(found) == 1, engine
    return found[0]


def ran(engine: str, folder: Path) -> Path:
    """Run the block of an engine in a folder, and return where its findings are."""
    file = folder / "drafts.py"
    file.write_text(SET_UP.get(engine, "") + script(engine), encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    environment = os.environ | {
        "HOME": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_AUTH_MODE": "disabled",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, file.name], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return next(path for path in (folder / "findings", folder / "findings.parquet") if path.exists())


def single(folder: Path) -> Path:
    """Lint the table with the command line alone, and return where its findings are."""
    out = folder / "single.parquet"
    columns = ["--id-column", "id", "--context-column", "kind,company"]
    command = ["followup-lint", "--input", "drafts.parquet", *columns, "--config", "team.yaml", "-o", str(out)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr  # a few rows cannot be read
    return out


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = folder_of(tmp_path_factory.mktemp("many"), MANY)
    single(folder)
    return folder


def test_every_block_of_the_page_is_run() -> None:
    engines = ["pandas", "polars", "duckdb", "dask", "ray", "spark"]
    assert sorted(map(script, engines)) == sorted(BLOCKS)


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb", "dask"])
def test_an_engine_in_one_process_finds_the_same(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(engine)
    alone = rows(single(folder_of(tmp_path, FEW)))
    if engine == "duckdb":
        alone = [row for row in alone if row["outcome"] != "clean"]
    assert rows(ran(engine, tmp_path)) == alone
    assert {row["rule"] for row in alone} >= set(QUICK)
    assert {row["outcome"] for row in alone} >= {"finding", "problem"}


@pytest.mark.clusters
@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_a_cluster_finds_the_same_row_for_row(engine: str, many: Path, tmp_path: Path) -> None:
    pytest.importorskip({"spark": "pyspark"}.get(engine, engine))
    if engine == "spark" and not shutil.which("java"):
        pytest.skip("Spark needs Java")
    for name in ("drafts.parquet", "team.yaml"):
        shutil.copy(many / name, tmp_path)
    found = rows(ran(engine, tmp_path))
    assert found == rows(many / "single.parquet")
    assert len({row["id"] for row in found}) == MANY
