"""Measures a checkpoint or an exported model on the development sets.

    python evaluate.py CACHE MODEL [--limit N] [--activations]

MODEL: a checkpoint (.pt) or an exported model (.safetensors: its weights as they come out of int8). --activations also rounds every
linear layer's input row to int8, as the Rust engine does. Trees are greedy here: each word's best head, not yet a spanning tree.
"""
import argparse
import pickle

import numpy as np
import torch

from events import EVENTS, ROLES
from model import Analyser, load, round_activations
from names import NER
from train import batches, collate, event_role_targets, role_targets
from words import apply_script


def viterbi(scores: np.ndarray) -> list[str]:
    """The best tag sequence in which no I follows a tag of another kind."""
    n = len(NER)
    allowed = np.zeros((n + 1, n))
    for a, before in enumerate(NER + ["O"]):
        for b, tag in enumerate(NER):
            if tag[0] == "I" and before[2:] != tag[2:]:
                allowed[a, b] = -1e9
    best, back = scores[0] + allowed[n], []
    for row in scores[1:]:
        paths = best[:, None] + allowed[:n]
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at, out = int(best.argmax()), []
    for pointers in reversed([None, *back]):
        out.append(NER[at])
        at = int(pointers[at]) if pointers is not None else at
    return out[::-1]


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    out, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] != "I":
            out.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = i
    return out


def f1(tp: float, predicted: float, gold: float) -> float:
    return 100 * 2 * tp / (predicted + gold) if predicted + gold else 0.0


def run(net: Analyser, items: list, size: int = 4000):
    """Yields (batch, inputs, word vectors)."""
    with torch.no_grad():
        for batch in batches([{**x, "task": ""} for x in items], size, None):
            x = collate(batch, None)
            yield batch, x, net.words(x["ids"], x["shapes"], x["mask"], x["first"])


def heads_of(net: Analyser, x: dict, words: torch.Tensor):
    """-> greedy heads and relations [B, W]; a word is `root` exactly where its head is 0."""
    arc, rel_dep, rel_head = net.arcs(words)
    arc = arc.masked_fill(~x["words"][:, None, :], -1e8)
    arc.diagonal(dim1=1, dim2=2).fill_(-1e8)
    heads = arc.argmax(-1)
    relations = net.relations(rel_dep, rel_head, heads)
    relations[..., 0] = torch.where(heads == 0, 1e8, -1e8)
    return heads, relations.argmax(-1)


def trees(net: Analyser, items: list, labels: dict) -> dict[str, float]:
    c = dict.fromkeys(("n", "upos", "xpos", "feats", "lemma", "uas", "las"), 0)
    xs, ys = [], []
    for batch, x, words in run(net, items):
        tags = {k: net.tag[k](words).argmax(-1).numpy() for k in ("upos", "xpos", "feats", "lemma")}
        heads, relations = (t.numpy() for t in heads_of(net, x, words))
        values = net.factuality(words).clamp(-3, 3).numpy()
        for b, item in enumerate(batch):
            for i, form in enumerate(item["words"]):
                c["n"] += 1
                for k in ("upos", "xpos", "feats"):
                    c[k] += int(tags[k][b, i + 1] == item[k][i])
                c["lemma"] += apply_script(form, labels["lemma"][tags["lemma"][b, i + 1]]) == item["lemmas"][i]
                right = heads[b, i + 1] == item["head"][i]
                plain = lambda r: labels["deprel"][r].split(":")[0] if r >= 0 else None
                c["uas"] += int(right)
                c["las"] += int(right and plain(relations[b, i + 1]) == plain(item["deprel"][i]))
            for w, value in item.get("fact", {}).items():
                xs.append(values[b, w + 1])
                ys.append(value)
    out = {k: 100 * v / c["n"] for k, v in c.items() if k != "n"}
    if xs:
        out |= {"fact_r": float(np.corrcoef(xs, ys)[0, 1]), "fact_mae": float(np.abs(np.array(xs) - ys).mean()), "predicates": len(xs)}
    return out


def names(net: Analyser, items: list) -> dict[str, float]:
    kinds = {"PER": {"person"}, "ORG": {"organization", "group"}, "LOC": {"place"}}
    c = dict.fromkeys(("tp", "plain_tp", "predicted", "plain", "gold", "untyped"), 0)
    for batch, x, words in run(net, items):
        scores = net.tag["ner"](words).log_softmax(-1).numpy()
        for b, item in enumerate(batch):
            gold = {s for s in spans([t if t[0] in "BI" else "O" for t in item["gold"]]) if s[2] in kinds}
            found = spans(viterbi(scores[b, 1:len(item["words"]) + 1]))
            found = {s for s in found if s[2] not in ("thing", "event")}
            plain = {s for s in found if s[2] != "group"}
            hits = lambda predicted: sum(any((s, e, k) in predicted for k in kinds[t]) for s, e, t in gold)
            c["gold"] += len(gold)
            c["predicted"] += len(found)
            c["plain"] += len(plain)
            c["tp"] += hits(found)
            c["plain_tp"] += hits(plain)
            c["untyped"] += len({s[:2] for s in gold} & {s[:2] for s in plain})
    return {"ner_f1": f1(c["plain_tp"], c["plain"], c["gold"]), "precision": 100 * c["plain_tp"] / max(c["plain"], 1),
            "recall": 100 * c["plain_tp"] / c["gold"], "untyped_recall": 100 * c["untyped"] / c["gold"],
            "ner_f1_groups_too": f1(c["tp"], c["predicted"], c["gold"])}


def attributions(net: Analyser, items: list) -> dict[str, float]:
    """Cue spans; words of content and source by (cue, word) with gold cues; words of any content with predicted cues."""
    c = np.zeros((4, 3))  # rows cue, source, content, any content; columns right, predicted, gold
    for batch, x, words in run(net, items):
        tags = net.tag["cue"](words).argmax(-1).numpy()
        where, cue, target = role_targets(batch, words.shape[1])
        got = net.roles(words, where, cue) > 0
        got = got & x["words"][where][:, None, :]
        got[:, :, 0] = False
        for r in (0, 1):
            t = target[:, r] > 0
            c[1 + r] += (int((got[:, r] & t).sum()), int(got[:, r].sum()), int(t.sum()))
        for b, item in enumerate(batch):
            n = len(item["words"])
            as_tags = lambda ids: spans([("O", "B-", "I-")[t] for t in ids])
            gold, found = as_tags(item["cue"]), as_tags(tags[b, 1:n + 1])
            c[0] += (len(gold & found), len(found), len(gold))
            at = torch.tensor([0] + [s + 1 for s, _, _ in found])
            content = (net.roles(words, torch.full_like(at, b), at)[:, 1] > 0).any(0)[1:n + 1].numpy()
            wanted = np.zeros(n, bool)
            wanted[[w for link in item["links"] for w in link[2]]] = True
            c[3] += ((content & wanted).sum(), content.sum(), wanted.sum())
    return {k: f1(*row) for k, row in zip(("cue_f1", "source_f1_gold_cue", "content_f1_gold_cue", "content_f1"), c)}


def event_figures(net: Analyser, items: list) -> dict[str, float]:
    """Triggers, and of those found their type, mode and standing; words of each role, the trigger given."""
    c = dict.fromkeys(("right", "predicted", "gold", "type", "mode", "status", "polarity", "certainty"), 0)
    roles = np.zeros((len(ROLES), 3))
    for batch, x, words in run(net, items):
        logits, trigger_side, word_side = net.events(words)
        got = {k: v.argmax(-1).numpy() for k, v in logits.items()}
        some = logits["event"].softmax(-1)[..., 2:].sum(-1).numpy() > 0.5
        got["event"] = np.where(some, logits["event"][..., 2:].argmax(-1).numpy() + 2, 0)
        for b, item in enumerate(batch):
            for i, gold in enumerate(item["event"]):
                found = got["event"][b, i + 1]
                c["predicted"] += int(found > 1)
                c["gold"] += int(gold > 1)
                if gold > 1 and found > 1:
                    c["right"] += 1
                    c["type"] += EVENTS[gold].split("/")[0] == EVENTS[found].split("/")[0]
                    c["mode"] += gold == found
                    for key, value in zip(("status", "polarity", "certainty"), item["standing"][i]):
                        c[key] += got[key][b, i + 1] == value
        where, trigger, target = event_role_targets(batch, words.shape[1])
        if target is None:
            continue
        got = net.event_roles(trigger_side, word_side, where, trigger) > 0
        got = got & x["words"][where][:, None, :]
        got[:, :, 0] = False
        for r in range(len(ROLES)):
            t = target[:, r] > 0
            roles[r] += (int((got[:, r] & t).sum()), int(got[:, r].sum()), int(t.sum()))
    out = {"trigger_f1": f1(c["right"], c["predicted"], c["gold"])}
    out |= {f"{k}_of_found": 100 * c[k] / max(1, c["right"]) for k in ("type", "mode", "status", "polarity", "certainty")}
    return out | {f"{k}_f1": f1(*roles[r]) for r, k in enumerate(ROLES)}


def evaluate(net: Analyser, dev: dict, labels: dict, limit: int = 0) -> dict[str, dict[str, float]]:
    net.eval()
    part = lambda name: dev[name][:: max(1, len(dev[name]) // limit)] if limit else dev[name]
    return {"ewt": trees(net, part("ewt"), labels), "gum": trees(net, part("gum"), labels), "ner": names(net, part("ner")),
            "attr": attributions(net, part("attr"))} | ({"event": event_figures(net, part("event"))} if dev["event"] else {})


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("cache"), ap.add_argument("model")
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--activations", action="store_true")
    args = ap.parse_args()
    with open(args.cache, "rb") as file:
        data = pickle.load(file)
    net = load(args.model, data["labels"])
    if args.activations:
        round_activations(net)
    for name, figures in evaluate(net, data["dev"], data["labels"], args.limit).items():
        print(name, " ".join(f"{k}={v:.4g}" for k, v in figures.items()), flush=True)


if __name__ == "__main__":
    main()
