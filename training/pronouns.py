"""Learns the weights by which a pronoun chooses: a softmax over its candidates and "nobody", on GUM's training part and the corpus of claims.

    cargo build --release --example pronoun_choices
    python3 training/pronouns.py ../shared/data/ud/en_gum-train.conllu > crates/reader/data/entities/pronouns.tsv

A candidate is right if GUM puts it in the pronoun's chain; where none is, "nobody" is. Several right ones share the probability.
The corpus of claims says of a pronoun that takes part in a claim whom it stands for; its other pronouns teach nothing.
Plain stochastic gradient ascent with a little decay, in a fixed order: the same input gives the same weights. Standard library only.
"""
import itertools
import json
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "eval"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))
import coref  # noqa: E402
import corpus  # noqa: E402

EXAMPLE = "target/release/examples/pronoun_choices"
PASSES, RATE, DECAY = 30, 0.05, 1e-4
# Taken off "nobody" when the weights are written: news speaks of bodies and people more than GUM's genres do.
NEWS = 0.8


def read(texts):
    """(name, start of the pronoun, class, features of each option, spans of the candidates), by bytes; the first option is nobody."""
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)
    out = subprocess.run([EXAMPLE], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    for line in out.splitlines():
        name, start, kind, nobody, *candidates = line.split("\t")
        spans, features = zip(*(c.split(":") for c in candidates)) if candidates else ((), ())
        yield name, int(start), kind, [f.split(",") for f in (nobody, *features)], [tuple(map(int, s.split("-"))) for s in spans]


def choices(docs):
    by_name = {d.name: Gold(d) for d in docs}
    rows = []
    for name, start, kind, options, spans in read((d.name, d.text) for d in docs):
        gold = by_name[name]
        own = gold.chain(start, start + 1)
        right = [i + 1 for i, span in enumerate(spans) if own is not None and gold.chain(*span) == own]
        rows.append((kind, options, right or [0]))
    return rows


def corpus_choices(files):
    """The pronouns of the corpus of claims whose referent it gives and the reader considers."""
    items = {f"{i.file}:{i.line}": i for file in files for i in corpus.read(file)[0]}
    rows = []
    for name, start, kind, options, spans in read((name, item.text) for name, item in items.items()):
        item = items[name]
        whom = {len(item.text[:p.span[0]].encode()): p.referent for c in item.claims for ps in c.roles.values() for p in ps if p.referent and p.span}
        if start not in whom:
            continue
        words = {w.removesuffix("'s") for w in whom[start].lower().split()}
        raw = item.text.encode()
        named = [set(raw[a:b].decode().lower().replace("'s", "").split()) - {"the", "a"} for a, b in spans]
        right = [i + 1 for i, (a, _) in enumerate(spans) if named[i] and named[i] <= words or whom.get(a) == whom[start]]
        if right:
            rows.append((kind, options, right))
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
    files = sorted([*corpus.HERE.glob("sentences/*.txt"), *corpus.HERE.glob("articles/*.txt")])
    gum, own = choices(coref.documents(Path(sys.argv[1]).read_text(encoding="utf-8"))), corpus_choices(files)
    rows = [row for pair in itertools.zip_longest(gum, own) for row in pair if row]
    w = learn(rows)
    print("class\tfeature\tweight")
    for (kind, feature), value in sorted(w.items()):
        print(f"{kind}\t{feature}\t{value - (NEWS if feature == 'nobody' else 0):.3f}")
    print("right on the training parts, GUM's and the corpus's:", accuracy(gum, w), accuracy(own, w), file=sys.stderr)
    for more in sys.argv[2:]:
        rows = choices(coref.documents(Path(more).read_text(encoding="utf-8")))
        print(f"right on {more}:", accuracy(rows, w), file=sys.stderr)


if __name__ == "__main__":
    main()
