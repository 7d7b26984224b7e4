"""Writes a checkpoint as the analyser's model file (docs: crates/language/model/README.md), and golden outputs to test the engine with.

    python export.py CACHE WORDS EVENTS BASE_MODEL_DIR OUT_DIR [--golden FILE] [--note TEXT]

WORDS and EVENTS: the checkpoints (or exported models) of the branch of words and of that of events, which share their lowest layers.
Weights become int8 with one scale an output channel (a row); the small tensors stay f32.
"""
import argparse
import json
import pickle
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from evaluate import heads_of, run
from model import SHARED, Analyser, linear_layers, load, plain_tensors
from names import NER

FORMAT = "reportedly-model-1"
LISTS = ("upos", "xpos", "feats", "lemma", "deprel", "ner", "cue", "event", "status", "polarity", "certainty", "event_roles")


# Added to the name head's outputs. Corpora that leave words open teach it to see names too willingly: chosen on UNER's dev part.
PRIOR = {"O": 2.0, "person": 0.4}


def quantise(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """-> int8 rows and one scale a row; weight ≈ int8 * scale, |int8| <= 127."""
    scale = weight.abs().amax(1).clamp(min=1e-12) / 127
    return (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale.float()


def tensors(net: Analyser, branch: str) -> dict[str, torch.Tensor]:
    out = {}
    for name, module in linear_layers(net, branch).items():
        out[f"{name}.weight"], out[f"{name}.scale"] = quantise(module.weight.detach())
        if getattr(module, "bias", None) is not None:
            out[f"{name}.bias"] = module.bias.detach().float()
    if branch == "words":
        out["tag.ner.bias"] = out["tag.ner.bias"] + torch.tensor([PRIOR.get(label.split("-")[-1], 0.0) for label in NER])
    return {k: v.contiguous() for k, v in (out | plain_tensors(net, branch)).items()}


def golden(net: Analyser, events: Analyser, items: list, labels: dict) -> list[dict]:
    """What the exported (dequantised, f32) weights answer. Index 0 of roles, and heads that are 0, are [CLS], the root."""
    net.eval()
    out = []
    for item in items:
        for batch, x, words in run(net, [item]):
            n = len(item["words"])
            row = {k: item[k] for k in ("words", "ids", "shapes", "first")}
            for k in ("upos", "xpos", "feats", "lemma", "ner", "cue"):
                row[k] = [labels[k][i] for i in net.tag[k](words)[0, 1:].argmax(-1)]
            heads, relations = heads_of(net, x, words)
            row |= {"head": heads[0, 1:].tolist(), "deprel": [labels["deprel"][r] for r in relations[0, 1:]]}
            row["factuality"] = [round(v, 4) for v in net.factuality(words)[0, 1:].clamp(-3, 3).tolist()]
            cues = [0] + [i + 1 for i, tag in enumerate(row["cue"]) if tag == "B"]
            at = torch.tensor(cues)
            chances = net.roles(words, torch.zeros_like(at), at).sigmoid()[:, :, 1:]
            row["roles"] = [{"cue": c, "source": [round(v, 4) for v in p[0].tolist()], "content": [round(v, 4) for v in p[1].tolist()]}
                            for c, p in zip(cues, chances)]
            logits, trigger_side, word_side = net.events(next(run(events, [item]))[2])
            row |= {k: [labels[k][i] for i in logits[k][0, 1:].argmax(-1)] for k in logits}
            every = torch.arange(1, n + 1)
            taking = net.event_roles(trigger_side, word_side, torch.zeros_like(every), every).sigmoid()[:, :, 1:]
            row["event_roles"] = [[[round(v, 4) for v in role] for role in trigger] for trigger in taking.tolist()]
            row["vectors"] = [[round(v, 4) for v in words[0, i, :8].tolist()] for i in range(n + 1)]
            out.append(row)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("cache"), ap.add_argument("words"), ap.add_argument("events"), ap.add_argument("base"), ap.add_argument("out")
    ap.add_argument("--golden")
    ap.add_argument("--note", default="")
    args = ap.parse_args()
    with open(args.cache, "rb") as file:
        data = pickle.load(file)
    labels = data["labels"]
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    metadata = {"format": FORMAT, "training": args.note} | {k: json.dumps(labels[k], ensure_ascii=False) for k in LISTS}
    # Written beside and renamed, so that whoever reads the file never sees half of it.
    words, events = load(args.words, labels), load(args.events, labels, "events")
    for ours, theirs in zip(words.enc.layers[:SHARED], events.enc.layers[:SHARED]):
        if any(not torch.equal(a, b) for a, b in zip(ours.parameters(), theirs.parameters())):
            raise SystemExit("the branches do not share their lowest layers: train the events with --freeze 2 from the words' model")
    save_file(tensors(words, "words") | tensors(events, "events"), out / "english.new", metadata=metadata)
    (out / "english.new").rename(out / "english.safetensors")
    shutil.copy(Path(args.base) / "vocab.txt", out / "vocab.txt")
    print("bytes", (out / "english.safetensors").stat().st_size)
    if args.golden:
        items = [x for x in data["dev"]["gum"] if 4 <= len(x["words"]) <= 40][::9][:20]
        Path(args.golden).write_text(json.dumps(golden(*(load(str(out / "english.safetensors"), labels, b) for b in ("words", "events")), items, labels), ensure_ascii=False))


if __name__ == "__main__":
    main()
