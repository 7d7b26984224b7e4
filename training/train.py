"""Trains the analyser on a CPU: one run over all tasks, batches of one task each, linear decay.

    python train.py CACHE MODEL_DIR OUT [--passes 12]
"""
import argparse
import os
import pickle
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from data import one_pass
from events import ROLES, pair_loss
from model import LAYERS, Analyser, load
from names import ALL, NER

torch.set_num_threads(int(os.environ.get("THREADS", "2")))


def batches(items: list, pieces: int, rng: random.Random | None) -> list[list]:
    """Groups of sentences of one task and like length, at most `pieces` with padding; with `rng`, in random order."""
    order = sorted(items, key=lambda x: (x.get("task", ""), len(x["ids"]) + (rng.uniform(-3, 3) if rng else 0)))
    out, current, longest = [], [], 0
    for item in order:
        n = len(item["ids"])
        if current and (max(longest, n) * (len(current) + 1) > pieces or item.get("task") != current[0].get("task")):
            out.append(current)
            current, longest = [], 0
        current.append(item)
        longest = max(longest, n)
    if current:
        out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def collate(batch: list, rng: random.Random | None) -> dict:
    """Padded tensors. With `rng`, a twentieth of the pieces is masked and of the sentences lower-cased."""
    b, t, w = len(batch), max(len(x["ids"]) for x in batch), max(len(x["first"]) for x in batch) + 1
    out = {"ids": np.zeros((b, t), np.int64), "shapes": np.zeros((b, t), np.int64), "mask": np.zeros((b, t), bool),
           "first": np.zeros((b, w), np.int64), "words": np.zeros((b, w), bool)}
    targets = {k: np.full((b, w), -100, np.int64) for k in ("upos", "xpos", "feats", "lemma", "head", "deprel", "cue", "event", "status", "polarity", "certainty")}
    targets["ner"], targets["fact"] = np.full((b, w), ALL, np.int64), np.full((b, w), np.nan, np.float32)
    for i, x in enumerate(batch):
        n, k = len(x["ids"]), len(x["first"])
        out["ids"][i, :n], out["shapes"][i, :n], out["mask"][i, :n] = x["ids"], x["shapes"], True
        out["first"][i, 1:k + 1], out["words"][i, :k + 1] = x["first"], True
        if rng:
            hidden = np.random.rand(n) < 0.05
            hidden[0] = hidden[-1] = False
            out["ids"][i, :n][hidden] = 103
            if rng.random() < 0.05:
                shapes = out["shapes"][i, :n]
                shapes[shapes >= 7] = 6
        for key, target in targets.items():
            if key == "fact":
                for word, value in x.get("fact", {}).items():
                    target[i, word + 1] = value
            elif key in x:
                target[i, 1:k + 1] = x[key]
        for word, values in x.get("standing", {}).items():
            for key, value in zip(("status", "polarity", "certainty"), values):
                targets[key][i, word + 1] = value
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["y"] = {k: torch.from_numpy(v) for k, v in targets.items()}
    return out


def role_targets(batch: list, width: int):
    """Cues of a batch with what belongs to each: word 0 stands for "the cue is elsewhere"."""
    where, cue, target = [], [], []
    for i, x in enumerate(batch):
        by_cue = {0: ([], [])}
        for at, source, content in x["links"]:
            row = by_cue.setdefault(at + 1, ([], []))
            row[0].extend(source)
            row[1].extend(content)
        for at, (source, content) in by_cue.items():
            y = np.zeros((2, width), np.float32)
            y[0, [s + 1 for s in source]] = 1
            y[1, [c + 1 for c in content]] = 1
            where.append(i), cue.append(at), target.append(y)
    return torch.tensor(where), torch.tensor(cue), torch.from_numpy(np.stack(target))


def event_role_targets(batch: list, width: int):
    """Triggers of a batch with the words of each role."""
    where, trigger, target = [], [], []
    for i, x in enumerate(batch):
        for at, roles in x["event_roles"].items():
            y = np.zeros((len(ROLES), width), np.float32)
            for r, role in enumerate(ROLES):
                y[r, [w + 1 for w in roles[role]]] = 1
            where.append(i), trigger.append(at + 1), target.append(y)
    return torch.tensor(where), torch.tensor(trigger), torch.from_numpy(np.stack(target)) if target else None


def event_loss(net: Analyser, batch: list, x: dict, words: torch.Tensor):
    """Types, modes and standing of triggers, and who takes part."""
    y = x["y"]
    logits, trigger_side, word_side = net.events(words)
    total = 0.0
    for name, weight in (("event", 8.0), ("status", 0.7), ("polarity", 0.4), ("certainty", 0.4)):
        known = y[name] != -100
        if known.any():
            total = total + weight * F.cross_entropy(logits[name].float()[known], y[name][known])
    where, trigger, target = event_role_targets(batch, x["words"].shape[1])
    if target is not None:
        scores = net.event_roles(trigger_side, word_side, where, trigger).float()
        valid = x["words"][where][:, None, :].expand_as(scores).clone()
        valid[:, :, 0] = False
        total = total + 8.0 * F.binary_cross_entropy_with_logits(scores[valid], target[valid])
    return total


def pairs_loss(net: Analyser, batch: list, words: torch.Tensor):
    """PLV: some word triggers the class with the marked pair in its roles."""
    logits, trigger_side, word_side = net.events(words)
    total = 0.0
    for i, x in enumerate(batch):
        n = len(x["words"])
        event, status, polarity = (logits[k][i, 1:n + 1].float().softmax(-1) for k in ("event", "status", "polarity"))
        at = torch.arange(1, n + 1)
        roles = net.event_roles(trigger_side, word_side, torch.full_like(at, i), at)[:, :, 1:n + 1].float().sigmoid()
        total = total + pair_loss(event, status, polarity, roles, x["pair"])
    return total / len(batch)


def loss_of(net: Analyser, batch: list, rng: random.Random):
    """The summed loss of the targets that the batch's corpus has."""
    x = collate(batch, rng)
    y = x["y"]
    words = net.words(x["ids"], x["shapes"], x["mask"], x["first"])
    total = 0.0
    ce = lambda logits, target: F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=-100)
    task = batch[0]["task"]
    if task == "ud":
        for name, weight in (("upos", 1.0), ("xpos", 0.5), ("feats", 0.5), ("lemma", 0.5)):
            total = total + weight * ce(net.tag[name](words), y[name])
        arc, rel_dep, rel_head = net.arcs(words)
        total = total + ce(arc.float().masked_fill(~x["words"][:, None, :], -1e8), y["head"])
        total = total + ce(net.relations(rel_dep, rel_head, y["head"].clamp(min=0)), y["deprel"])
        known = ~torch.isnan(y["fact"])
        if known.any():
            total = total + 0.7 * F.smooth_l1_loss(net.factuality(words).float()[known], y["fact"][known])
    if (y["ner"] != ALL).any():
        logits = net.tag["ner"](words).float()
        allowed = (y["ner"][..., None] >> torch.arange(len(NER))) & 1 == 1
        mass = logits.logsumexp(-1) - logits.masked_fill(~allowed, -1e9).logsumexp(-1)
        total = total + (3.0 if task == "ud" else 1.5) * mass[y["ner"] != ALL].mean()
    if task == "event":
        total = total + event_loss(net, batch, x, words)
    if task == "pair":
        total = total + 0.5 * pairs_loss(net, batch, words)
    if task == "attr":
        total = total + ce(net.tag["cue"](words), y["cue"])
        where, cue, target = role_targets(batch, x["words"].shape[1])
        logits = net.roles(words, where, cue).float()
        valid = x["words"][where][:, None, :].expand_as(logits).clone()
        valid[:, :, 0] = False
        total = total + 4.0 * F.binary_cross_entropy_with_logits(logits[valid], target[valid])
    return total


def groups(net: Analyser, rate: float, head_rate: float, event_rate: float, decay: float) -> list[dict]:
    """Parameters with their learning rates: lower layers learn less."""
    out = []

    def add(parameters, lr):
        parameters = [p for p in parameters if p.requires_grad]
        out.append({"params": [p for p in parameters if p.dim() > 1], "lr": lr, "weight_decay": 0.01})
        out.append({"params": [p for p in parameters if p.dim() <= 1], "lr": lr, "weight_decay": 0.0})

    for i, layer in enumerate(net.enc.layers):
        add(layer.parameters(), rate * decay ** (LAYERS - 1 - i))
    add([net.enc.word.weight, net.enc.position.weight, *net.enc.norm.parameters()], rate * decay**LAYERS)
    add([net.enc.shape.weight], rate * 5)
    heads = [(n, p) for n, p in net.named_parameters() if not n.startswith("enc.")]
    add([p for n, p in heads if not n.startswith("event_")], head_rate)
    add([p for n, p in heads if n.startswith("event_")], event_rate)
    return out


def decay(step: int, steps: int, warmup: int) -> float:
    """The share of the full learning rate at a step: up over the warm-up, then down to a hundredth in a straight line."""
    return min(1, (step + 1) / warmup) * max(0.01, 1 - max(0, step - warmup) / (steps - warmup))


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cache"), ap.add_argument("model_dir"), ap.add_argument("out")
    ap.add_argument("--passes", type=int, default=12, help="passes of the whole schedule")
    ap.add_argument("--stop-after", type=int, default=0, help="leave the schedule after so many passes")
    ap.add_argument("--start", help="a checkpoint or an exported model to go on from, rather than the base encoder")
    ap.add_argument("--share", default="", help="how much of each part a pass sees, where not data.SHARE: trees=0.3,events=1,…")
    ap.add_argument("--branch", default="words", choices=("words", "events"), help="the branch of an exported model to go on from")
    ap.add_argument("--freeze", type=int, default=0, help="leave the embeddings and so many layers as they are")
    ap.add_argument("--f32", action="store_true", help="compute in f32: faster where the processor multiplies bf16 slowly")
    ap.add_argument("--leave-out", type=int, help="the fifth of PLV to leave out, 0 to 4")
    ap.add_argument("--peak", type=float, default=1.0, help="the share of the full learning rate to begin with")
    ap.add_argument("--event-rate", type=float, default=1.5e-3, help="the learning rate of the event heads")
    ap.add_argument("--steps", type=int, default=0, help="steps of the whole schedule, rather than --passes")
    ap.add_argument("--minutes", type=float, default=0, help="the decay ends by then at the latest")
    ap.add_argument("--pieces", type=int, default=2500, help="pieces a batch, padding included")
    ap.add_argument("--seed", type=int, default=1)
    return ap.parse_args()


def main():
    args = arguments()
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed), np.random.seed(args.seed)
    with open(args.cache, "rb") as file:
        data = pickle.load(file)
    if args.start:
        net = load(args.start, data["labels"], args.branch)
    else:
        net = Analyser(data["labels"])
        net.enc.load_base(args.model_dir)
    shares = dict(part.split("=") for part in args.share.split(",") if part)
    data["train"]["pair"] = [x for x in data["train"]["pair"] if args.leave_out is None or x["fold"] != args.leave_out]
    draw = lambda: one_pass(data["train"], rng, {k: float(v) for k, v in shares.items()})
    if args.freeze:
        for part in (net.enc.word, net.enc.position, net.enc.shape, net.enc.norm, *net.enc.layers[:args.freeze]):
            part.requires_grad_(False)
    optimiser = torch.optim.AdamW(groups(net, 1.5e-4 * args.peak, 1.5e-3 * args.peak, args.event_rate, 0.85), betas=(0.9, 0.98), eps=1e-8, fused=True)
    rates = [g["lr"] for g in optimiser.param_groups]
    # Names alone are batched by one task; the sampled share of a pass is drawn anew each time.
    steps = args.steps or len(batches(draw(), args.pieces, rng)) * args.passes
    warmup, step, number, started = min(200, steps // 20), 0, 0, time.time()
    print("steps", steps, flush=True)
    ended = False
    while not ended:
        net.train()
        recent: dict[str, list[float]] = {}
        for batch in batches(draw(), args.pieces, rng):
            spent = (time.time() - started) / (60 * args.minutes) if args.minutes else 0.0
            at = max(step, int(spent * steps)) if step > warmup else step
            for group, rate in zip(optimiser.param_groups, rates):
                group["lr"] = rate * decay(at, steps, warmup)
            with torch.autocast("cpu", torch.bfloat16, enabled=not args.f32):
                loss = loss_of(net, batch, rng)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            recent.setdefault(batch[0]["task"], []).append(loss.item())
            step += 1
            if step % 50 == 0:
                means = {k: round(sum(v[-50:]) / len(v[-50:]), 3) for k, v in recent.items()}
                print(f"pass {number} step {step}/{steps} {means} {time.time() - started:.0f}s", flush=True)
            ended = at >= steps or step >= steps
            if ended:
                break
        number += 1
        ended = ended or number == (args.stop_after or args.passes)
        torch.save(net.state_dict(), args.out)
    print(f"trained in {time.time() - started:.0f}s, {step} steps", flush=True)


if __name__ == "__main__":
    main()
