"""Scores the whole program on PLV train, each row read with a model that never saw its text.

    python crossvalidate.py SHARED FOLD_0 … FOLD_4

FOLD_K: the model file trained with `--leave-out K`. The reader is `target/release/examples/weights`
(`cargo build --release -p reportedly --example weights`).
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import events

ROOT = Path(__file__).resolve().parent.parent


def folds(path: Path) -> list[int]:
    """The fifth of each row of the file, as data.py draws them; rows that no training used go with the first."""
    seen: dict[str, int] = {}
    out = []
    for found in events.plv_rows(path):
        out.append(seen.setdefault(" ".join(found[0]), len(seen) % 5) if found else 0)
    return out


def read(model: str, articles: list[dict]) -> list[dict]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("".join(json.dumps(a) + "\n" for a in articles))
        file.flush()
        run = subprocess.run([ROOT / "target/release/examples/weights", model, file.name], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


def main():
    shared, models = Path(sys.argv[1]), sys.argv[2:7]
    sys.path.insert(0, str(shared / "score"))
    import score

    path = shared / "data/events/plv-train.tsv"
    fold = folds(path)
    rows = score.plv_rows(path.read_text(encoding="utf-8"))
    readings = {}
    for k, model in enumerate(models):
        own = [r for r in rows if fold[int(r["id"])] == k]
        articles = [{"id": r["id"], "text": score.unmarked(r["marked_sentence"]), "published": "2020-01-01"} for r in own]
        readings |= dict(zip((r["id"] for r in own), read(model, articles)))
    score.score_plover(rows, readings, "--verbose" in sys.argv)


if __name__ == "__main__":
    main()
