#!/usr/bin/env python3
"""How well a claim's confidence says how often it is right: eval/reliability.py SCORE.PY GOLD_DIR BINARY

GOLD_DIR: files of the scorer (`corpus/corpus.py gold`). Right: the trigger is a gold claim's, and type, status and polarity are its.
Prints a table of ten bins, the expected calibration error, and the logistic regression of rightness on the confidence's log-odds.
"""
import importlib.util
import math
import os
import sys

path, gold, os.environ["REPORTEDLY"] = sys.argv[1:4]
spec = importlib.util.spec_from_file_location("score", path)
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)

articles, docs = score.load_gold(gold)
readings, _ = score.read_articles(articles)
rows = []
for doc, claims in docs:
    for c in readings[doc]["claims"]:
        if not c["event"]:
            continue
        right = any(
            score.overlap((g["start"], g["end"]), score.span(c["trigger"])) and c["event"]["type"] in g["types"]
            and c["status"] in g["status"] and c["polarity"] == g["polarity"] for g in claims)
        rows.append((c["confidence"], right))
error = 0.0
print("confidence | claims | mean confidence | share right")
for k in range(10):
    part = [r for r in rows if k / 10 <= r[0] < (k + 1) / 10 or k == 9 and r[0] == 1]
    if part:
        mean, share = sum(p for p, _ in part) / len(part), sum(r for _, r in part) / len(part)
        error += abs(mean - share) * len(part) / len(rows)
        print(f"{k / 10:.1f} to {(k + 1) / 10:.1f} | {len(part)} | {mean:.2f} | {share:.2f}")
print(f"expected calibration error {error:.4f} over {len(rows)} claims")
a, b = 0.0, 1.0
xs = [(math.log(max(p, 0.01) / (1 - min(p, 0.99))), right) for p, right in rows]
for _ in range(3000):
    ga = gb = 0.0
    for x, y in xs:
        d = y - 1 / (1 + math.exp(-(a + b * x)))
        ga += d
        gb += d * x
    a += 0.5 * ga / len(xs)
    b += 0.1 * gb / len(xs)
print(f"log-odds of being right = {a:.3f} + {b:.3f} log-odds of the confidence")
