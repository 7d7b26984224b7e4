"""Learns the weights by which a pronoun chooses: a softmax over its candidates and "nobody", on GUM's training part.

    cargo build --release --example pronoun_choices
    python3 training/pronouns.py ../shared/data/ud/en_gum-train.conllu > crates/reader/data/entities/pronouns.tsv

A candidate is right if GUM puts it in the pronoun's chain; where none is, "nobody" is. Several right ones share the probability.
Plain stochastic gradient ascent with a little decay, in a fixed order: the same input gives the same weights. Standard library only.
"""
import json
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "eval"))
import coref  # noqa: E402

EXAMPLE = "target/release/examples/pronoun_choices"
PASSES, RATE, DECAY = 30, 0.05, 1e-4
# Taken off "nobody" when the weights are written: news speaks of bodies and people more than GUM's genres do.
NEWS = 0.8


def choices(docs):
    lines = "".join(json.dumps({"id": d.name, "text": d.text}) + "\n" for d in docs)
    out = subprocess.run([EXAMPLE], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    by_name = {d.name: Gold(d) for d in docs}
    rows = []
    for line in out.splitlines():
        name, start, kind, nobody, *candidates = line.split("\t")
        gold = by_name[name]
        own = gold.chain(int(start), int(start) + 1)
        options, right = [nobody.split(",")], []
        for i, c in enumerate(candidates):
            span, features = c.split(":")
            options.append(features.split(","))
            if own is not None and gold.chain(*map(int, span.split("-"))) == own:
                right.append(i + 1)
        rows.append((kind, options, right or [0]))
    return rows


class Gold:
    """Chains of a document by the head word of the mention, found by bytes."""

    def __init__(self, doc):
        self.doc = doc
        to_byte = [0]
        for c in doc.text:
            to_byte.append(to_byte[-1] + len(c.encode()))
        self.at = {}
        for i, w in enumerate(doc.words):
            for b in range(to_byte[w[3]], to_byte[w[4]]):
                self.at[b] = i
        self.chains = {}
        for first, last, chain, _ in doc.mentions:
            self.chains.setdefault(coref.head_of(doc, first, last), chain)

    def chain(self, start, end):
        words = sorted({self.at[b] for b in range(start, end) if b in self.at})
        return self.chains.get(coref.head_of(self.doc, words[0], words[-1])) if words else None


def learn(rows):
    w = defaultdict(float)
    for turn in range(PASSES):
        rate = RATE * (1 - turn / PASSES)
        for kind, options, right in rows:
            scores = [sum(w[kind, f] for f in o) for o in options]
            top = max(scores)
            p = [math.exp(s - top) for s in scores]
            total, good = sum(p), sum(p[i] for i in right)
            for i, o in enumerate(options):
                step = (p[i] / good if i in right else 0.0) - p[i] / total
                if abs(step) > 1e-4:
                    for f in o:
                        w[kind, f] += rate * (step - DECAY * w[kind, f])
    return w


def accuracy(rows, w):
    hits, all_ = defaultdict(int), defaultdict(int)
    for kind, options, right in rows:
        scores = [sum(w[kind, f] for f in o) for o in options]
        hits[kind] += scores.index(max(scores)) in right
        all_[kind] += 1
    return {k: f"{hits[k] / all_[k]:.3f} of {all_[k]}" for k in sorted(all_)}


def main():
    rows = choices(coref.documents(Path(sys.argv[1]).read_text(encoding="utf-8")))
    w = learn(rows)
    print("class\tfeature\tweight")
    for (kind, feature), value in sorted(w.items()):
        print(f"{kind}\t{feature}\t{value - (NEWS if feature == 'nobody' else 0):.3f}")
    print("right on the training part:", accuracy(rows, w), file=sys.stderr)
    for more in sys.argv[2:]:
        rows = choices(coref.documents(Path(more).read_text(encoding="utf-8")))
        print(f"right on {more}:", accuracy(rows, w), file=sys.stderr)


if __name__ == "__main__":
    main()
