"""The published programme of 2020, from its plan to its exports, with phones that really speak HTTP."""

import asyncio
import csv
import json
from pathlib import Path

import pytest

from cafe.phones import Phones
from cafe.plan import parse
from tests.patience import LONG
from tests.whole.programs import Running, cafe

PLANS = Path(__file__).parent.parent / "core" / "plans"


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "ideas.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("reading", ["lab2020_swap", "lab2020_same"])
def test_the_lab_of_2020_goes_from_its_plan_to_its_report(tmp_path: Path, reading: str) -> None:
    """Both readings of "two parallel sessions" run to the end, and every idea that was promised is in the export."""
    plan = tmp_path / f"{reading}.toml"
    plan.write_bytes((PLANS / plan.name).read_bytes())

    async def afternoon(running: Running) -> Phones:
        phones = Phones(f"http://127.0.0.1:{running.ready['port']}/{running.ready['join'][-4:]}", {}, ideas=(1, 2))
        phones.arrive(12, within=0.5)
        code = await asyncio.to_thread(running.process.wait, LONG)
        assert code == 0
        await phones.leave()
        return phones

    with Running("run", plan, "--auto", "--speed", "900", cwd=tmp_path) as running:
        phones = asyncio.run(afternoon(running))

    kept = rows(tmp_path / f"{reading}-report")
    assert len(phones.told) >= 12
    assert set(phones.told) <= set(kept)
    read = parse(plan.read_bytes()).plan
    assert read is not None
    asked = {question.text("ro")[0] for _, question in read.questions()}
    assert {row["question"] for row in kept.values()} <= asked
    assert {row["session"] for row in kept.values()} == {"s1", "s2"}


def test_the_demo_keeps_what_it_promised(tmp_path: Path) -> None:
    """The demonstration goes through the whole programme; its exports hold every promised idea, and a few themes."""
    done = cafe("demo", "--headless", "--phones", "12", "--speed", "900", "--to", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    ready, told = map(json.loads, done.stdout.splitlines())
    assert ready["ready"]
    assert told["closed"]
    assert told["missing"] == 0
    assert told["promised"] > 12
    assert len(rows(tmp_path / "out")) == told["kept"]
    themes = {row["theme"] for row in rows(tmp_path / "out").values()} - {""}
    assert len(themes) == 3
    assert all(theme in (tmp_path / "out" / "report.md").read_text("utf-8") for theme in themes)
