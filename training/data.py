"""Training and development sentences from ../shared/data: one dict a sentence, with the targets its corpus has.

Corpora: UD EWT and GUM (words, trees), UDS (factuality, on EWT), name corpora (names.py), PolNeAR (attribution.py),
the corpus of claims, the lexicon's sentences and PLV (events.py).

    python data.py SHARED_DATA BASE_MODEL_DIR CACHE [--hold-out]
"""
import csv
import pickle
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import events
from attribution import CUE, attribution_sentences
from names import NER, ewt_names, gum_masks, marked_masks, name_corpus
from words import Pieces, lemma_script

# The least number of times a label must be seen in training.
LEAST = {"upos": 1, "xpos": 1, "feats": 5, "lemma": 3, "deprel": 1}
# How much of each part of the training data one pass sees.
SHARE = {"trees": 1.0, "names": 0.50, "names_far": 0.15, "attributions": 0.40, "no_attributions": 0.12, "events": 1.0, "lexicon": 0.3,
         "pairs": 1.0}
# The sentence of the corpus whose number within its file is this modulo ten stays out of training, if a share is asked for (--hold-out).
HELD_OUT = 7


def conllu(path: Path):
    """Yields (sent_id, rows) of one CoNLL-U file, multiword lines and empty nodes left out."""
    rows, sent_id = [], None
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if line.startswith("# sent_id ="):
            sent_id = line.split("=", 1)[1].strip()
        elif not line:
            if rows:
                yield sent_id, rows
            rows = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)


def tree_targets(row) -> dict[str, str]:
    return {"upos": row[3], "xpos": row[4], "feats": row[5], "lemma": lemma_script(row[1], row[2]), "deprel": row[7]}


def label_sets(trees) -> dict[str, list[str]]:
    """All label lists in index order, most frequent first; `root` leads the relations."""
    counts = {k: Counter() for k in LEAST}
    for rows in trees:
        for row in rows:
            for k, label in tree_targets(row).items():
                counts[k][label] += 1
    labels = {k: [x for x, n in c.most_common() if n >= LEAST[k]] for k, c in counts.items()}
    labels["deprel"].remove("root")
    labels["deprel"].insert(0, "root")
    return labels | {"ner": NER, "cue": CUE, "event": events.EVENTS, "status": events.STATUS, "polarity": events.POLARITY,
                     "certainty": events.CERTAINTY, "event_roles": events.ROLES}


def factuality(path: Path) -> dict[str, dict[int, float]]:
    """Sentence id -> word (from 0) -> value."""
    out: dict[str, dict[int, float]] = defaultdict(dict)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            out[row["sentence_id"]][int(row["word"]) - 1] = float(row["value"])
    return out


def tree_items(sentences, corpus: str, index, facts, names: dict[str, list], pieces: Pieces) -> list[dict]:
    out = []
    for sent_id, rows in sentences:
        item = {"task": "ud", "words": [r[1] for r in rows], **pieces.encode([r[1] for r in rows])}
        if len(item["ids"]) > 510:
            continue
        targets = [tree_targets(r) for r in rows]
        item |= {k: [index[k].get(t[k], -100) for t in targets] for k in LEAST}
        item |= {"head": [int(r[6]) for r in rows], "lemmas": [r[2] for r in rows]}
        if corpus == "ewt":
            item["ner"] = marked_masks(item["words"], names.get(sent_id, []))
            values = facts.get(sent_id, {})
            if values and all(w < len(rows) and rows[w][3] in ("VERB", "ADJ", "NOUN", "AUX") for w in values):
                item["fact"] = values
        else:
            item["ner"] = gum_masks(rows)
        out.append(item)
    return out


def attribution_items(path: Path, pieces: Pieces) -> list[dict]:
    out = []
    for words, tags, links in attribution_sentences(path):
        item = {"task": "attr", "words": words, **pieces.encode(words), "cue": tags, "links": links}
        if len(item["ids"]) <= 300:
            out.append(item)
    return out


def event_items(sentences, pieces: Pieces) -> list[dict]:
    out = []
    for words, targets in sentences:
        item = {"task": "event", "words": words, **pieces.encode(words), **targets}
        if len(item["ids"]) <= 300:
            out.append(item)
    return out


def pair_items(path: Path, pieces: Pieces) -> list[dict]:
    """PLV, each row with its fifth: rows of one text share a fifth."""
    out, folds = [], {}
    for found in events.plv_rows(path):
        if found is None:
            continue
        words, targets = found
        fold = folds.setdefault(" ".join(words), len(folds) % 5)
        item = {"task": "pair", "words": words, **pieces.encode(words), **targets, "fold": fold}
        if len(item["ids"]) <= 300:
            out.append(item)
    return out


def uner_items(path: Path, pieces: Pieces) -> list[dict]:
    out, columns = [], []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if line and line[0] != "#":
            columns.append(line.split("\t"))
        elif not line and columns:
            words = [c[1] for c in columns]
            out.append({"words": words, **pieces.encode(words), "gold": [c[2] for c in columns]})
            columns = []
    return out


def add_events(shared: Path, train: dict, held_out: list, pieces: Pieces, hold_out: bool):
    files = sorted([*events.ROOT.glob("corpus/sentences/*.txt"), *events.ROOT.glob("corpus/articles/*.txt")])
    annotated = [event_items(events.corpus_sentences([file]), pieces) for file in files]
    held_out += [x for items in annotated for x in items[HELD_OUT::10]]
    train["event"] = [x for items in annotated for i, x in enumerate(items) if i % 10 != HELD_OUT or not hold_out]
    train["lexicon"] = event_items(events.lexicon_sentences(), pieces)
    train["pair"] = pair_items(shared / "events/plv-train.tsv", pieces)


def build(shared: Path, model_dir: str, cache: Path, hold_out: bool = False):
    """Reads everything once and pickles {labels, train, dev}; with `hold_out`, a tenth of the corpus of claims is left out of training."""
    pieces = Pieces(model_dir)
    raw = {(c, p): list(conllu(shared / f"ud/en_{c}-{p}.conllu")) for c in ("ewt", "gum") for p in ("train", "dev")}
    trees = [rows for c in ("ewt", "gum") for _, rows in raw[c, "train"]]
    labels = label_sets(trees)
    index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
    facts = {p: factuality(shared / f"factuality/uds-{p}.tsv") for p in ("train", "dev")}
    train = {"ud": [], "ner": [], "attr": [], "event": [], "lexicon": [], "pair": []}
    held_out = []
    add_events(shared, train, held_out, pieces, hold_out)
    for path in sorted((shared / "ner").iterdir()):
        if path.suffix in (".conll", ".txt"):
            for words, masks in name_corpus(path):
                item = {"task": "ner", "words": words, **pieces.encode(words), "ner": masks, "corpus": path.stem}
                if len(item["ids"]) <= 400:
                    train["ner"].append(item)
    known = ewt_names(Path(__file__).parent / "names_ewt.tsv")
    ud = lambda c, p: tree_items(raw[c, p], c, index, facts[p], known, pieces)
    train["ud"] = ud("ewt", "train") + ud("gum", "train")
    train["attr"] = attribution_items(shared / "attribution/polnear-train.jsonl", pieces)
    dev = {"ewt": ud("ewt", "dev"), "gum": ud("gum", "dev"), "attr": attribution_items(shared / "attribution/polnear-dev.jsonl", pieces),
           "event": held_out, "ner": uner_items(shared / "ner/uner_en_ewt-dev.iob2", pieces)}
    with open(cache, "wb") as file:
        pickle.dump({"labels": labels, "train": train, "dev": dev}, file)
    for name, items in {**train, **{f"dev {k}": v for k, v in dev.items()}}.items():
        print(name, len(items), "sentences", sum(len(x["words"]) for x in items), "words", sum(len(x["ids"]) for x in items), "pieces")
    print({k: len(v) for k, v in labels.items()}, "sentences of EWT with names", len(known))


def one_pass(train: dict, rng: random.Random, shares: dict[str, float]) -> list:
    """The sentences of one pass: a share of each part, drawn anew each time."""
    parts = {"trees": train["ud"], "names": [], "names_far": [], "attributions": [], "no_attributions": [], "events": train["event"],
             "lexicon": train["lexicon"], "pairs": train["pair"]}
    for item in train["ner"]:
        far = item["corpus"].startswith("crossner") and "politics" not in item["corpus"]
        parts["names_far" if far else "names"].append(item)
    for item in train["attr"]:
        parts["attributions" if item["links"] else "no_attributions"].append(item)
    out = []
    for name, items in parts.items():
        share = shares.get(name, SHARE[name])
        out += items * int(share) + rng.sample(items, int(len(items) * (share % 1)))
    return out


if __name__ == "__main__":
    build(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), "--hold-out" in sys.argv)
