"""Runs the scorers and fails where a figure lies under its floor in floors.tsv. Floors only rise.

    python3 eval/floors.py ../shared/score/score.py
"""
import subprocess
import sys
from pathlib import Path


def measured(scorer: str, task: str) -> dict[str, float]:
    """Figures of one task, `section/name` where the scorer prints sections (`# geovirus`)."""
    out = subprocess.run([sys.executable, scorer, task], stdout=subprocess.PIPE, check=True, text=True).stdout
    figures, section = {}, ""
    for line in out.splitlines():
        if line.startswith("# "):
            section = line[2:].split(",")[0].strip() + "/"
        elif line and not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            figures[section + name] = float(value)
    return figures


def main() -> int:
    rows = [line.split("\t") for line in (Path(__file__).parent / "floors.tsv").read_text().splitlines() if line and line[0] != "#"]
    figures = {}
    for task in dict.fromkeys(row[0] for row in rows):
        figures[task] = measured(sys.argv[1], task)
    passed = failed = 0
    for task, name, floor in rows:
        value = figures[task].get(name)
        ok = value is not None and value >= float(floor)
        passed, failed = passed + ok, failed + (not ok)
        print(f"{'ok  ' if ok else 'FAIL'} {name} {value} (floor {floor})")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
