"""Events for training: words that trigger one, its type and mode, how it stands, and who takes part.

Three kinds of sentences:
- the corpus of claims (corpus/): every word is a trigger or none, with standing and roles;
- the lexicon's own examples and counterexamples (crates/reader/data/events): one word of each is known, the others are not;
- PLV: a marked pair and the class of what holds between them, the trigger unknown (`pair_likelihood`).
"""
import csv
import re
import sys
from pathlib import Path

import torch

from words import split_text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))
import corpus as claims_corpus  # noqa: E402

STATUS, CERTAINTY = claims_corpus.STATUS, claims_corpus.CERTAINTY
POLARITY = ["positive", "negative"]
# What a trigger asks of every word of its sentence.
ROLES = ["actor", "recipient", "object", "place", "time", "source"]
# A class of PLV and the legacy habit of coding what was intended, asked for, threatened or refused as the speech act.
SPEECH = ("REQUEST", "REJECT", "THREATEN", "ACCUSE", "AGREE")
PLV = "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
PARTICLES = set("in up off out down over back away on to aside with against through for forward apart along".split())


def event_labels() -> list[str]:
    """`O`, `STANDING`, each type, each type with a mode, in the ontology's order."""
    types = [l.split("\t")[0] for l in (claims_corpus.ONTOLOGY / "types.tsv").read_text().splitlines()[1:] if l]
    modes = [l.split("\t")[:2] for l in (claims_corpus.ONTOLOGY / "modes.tsv").read_text().splitlines()[1:] if l]
    return ["O", "STANDING", *types, *(f"{t}/{m}" for t, m in modes)]


EVENTS = event_labels()
INDEX = {label: i for i, label in enumerate(EVENTS)}
TYPES = [l for l in EVENTS[2:] if "/" not in l]


def inside(sentence, spans) -> list[int]:
    return [i for i, (s, e) in enumerate(sentence) if any(s < b and a < e for a, b in spans)]


def trigger_word(sentence, text: str, parts) -> int | None:
    """The word that stands for the trigger: a verb before its particle, else the last word of a compound."""
    at = inside(sentence, parts)
    if not at:
        return None
    words = [text[s:e].lower() for s, e in (sentence[i] for i in at)]
    return at[0] if len(at) == 1 or any(w in PARTICLES for w in words[1:]) else at[-1]


def corpus_sentences(files):
    """Yields (words, targets): `event` label per word, `standing` by trigger, `roles`: (trigger, role) -> words."""
    for file in files:
        items, _ = claims_corpus.read(file)
        for item in items:
            for sentence in split_text(item.text):
                n = len(sentence)
                event, standing, roles = [0] * n, {}, {}
                for c in item.claims:
                    at = trigger_word(sentence, item.text, c.parts)
                    if at is None or event[at]:
                        continue
                    label = f"{c.type}/{c.mode}" if c.mode else (c.type or "STANDING")
                    event[at] = INDEX[label]
                    standing[at] = (STATUS.index(c.status), POLARITY.index(c.polarity), CERTAINTY.index(c.certainty))
                    parties = lambda key: inside(sentence, [p.span for p in c.roles[key]])
                    roles[at] = {
                        "actor": parties("A"), "recipient": parties("R"), "object": parties("O"),
                        "place": inside(sentence, [c.place.span]) if c.place else [],
                        "time": inside(sentence, [c.time[0]]) if c.time and c.time[0] else [],
                        "source": inside(sentence, [p.span for p, _ in c.chain]),
                    }
                yield [item.text[s:e] for s, e in sentence], {"event": event, "standing": standing, "event_roles": roles}


def lexicon_sentences():
    """Examples: the entry's word triggers its type and mode; counterexamples: it triggers nothing. Other words are unknown."""
    folder = ROOT / "crates/reader/data/events"
    for file in sorted(folder.glob("*.tsv")):
        kind = file.stem.upper()
        if kind not in TYPES:
            continue
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            columns = line.split("\t")
            if len(columns) < 8 or line.startswith("#"):
                continue
            lemma, mode, example, counter = columns[0].replace("_", " "), columns[2], columns[6], columns[7]
            for text, label in ((example, f"{kind}/{mode}" if mode else kind), (counter, "O")):
                sentences = split_text(text)
                at = [(s, i) for s, sentence in enumerate(sentences) for i, (a, b) in enumerate(sentence)
                      if close(text[a:b], lemma.split()[-1 if columns[1] == "noun" else 0])]
                if len(at) == 1:
                    s, i = at[0]
                    event = [-100] * len(sentences[s])
                    event[i] = INDEX[label]
                    yield [text[a:b] for a, b in sentences[s]], {"event": event, "standing": {}, "event_roles": {}}


def close(form: str, lemma: str) -> bool:
    """Whether the form can be one of the lemma's: it starts as it does, and is at most four letters longer."""
    form = form.lower()
    stem = lemma[:-1] if lemma[-1] in "ey" and len(lemma) > 3 else lemma
    return form == lemma or (form.startswith(stem) and len(form) - len(lemma) <= 3)


def plv_rows(path: Path):
    """Yields (words, {"pair": (source words, target words, class)}); only sentences in which both stand in one sentence."""
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["gold_root"] not in PLV:
                yield None
                continue
            text, spans = re.sub(r"</?[st]>", "", row["marked_sentence"]), {"s": [], "t": []}
            plain, opened = 0, {}
            for m in re.finditer(r"</?[st]>|[^<]+|<", row["marked_sentence"]):
                x = m.group()
                if re.fullmatch(r"<[st]>", x):
                    opened[x[1]] = plain
                elif re.fullmatch(r"</[st]>", x):
                    spans[x[2]].append((opened.get(x[2], plain), plain))
                else:
                    plain += len(x)
            found = None
            for sentence in split_text(text):
                source, target = inside(sentence, spans["s"]), inside(sentence, spans["t"])
                if source and target:
                    found = [text[s:e] for s, e in sentence], {"pair": (source, target, PLV.index(row["gold_root"]))}
                    break
            yield found


# ---------------------------------------------------------------- losses

def type_matrix() -> torch.Tensor:
    """[labels, types]: which labels are of which type."""
    out = torch.zeros(len(EVENTS), len(TYPES))
    for i, label in enumerate(EVENTS[2:], 2):
        out[i, TYPES.index(label.split("/")[0])] = 1
    return out


TYPE_OF = type_matrix()
TO_PLV = torch.zeros(len(TYPES), len(PLV))
for _i, _t in enumerate(TYPES):
    TO_PLV[_i, PLV.index("YIELD" if _t in ("CONCEDE", "RETREAT") else _t)] = 1


def legacy(event: torch.Tensor, status: torch.Tensor, polarity: torch.Tensor) -> torch.Tensor:
    """Probabilities of PLV's classes [W, 15] from those of labels, status and polarity of each word."""
    plain = event @ TYPE_OF @ TO_PLV
    speech = torch.tensor([float(k in SPEECH) for k in PLV])
    acts = plain * (1 - speech)
    at = {s: status[:, i:i + 1] for i, s in enumerate(STATUS)}
    negative = polarity[:, 1:2]
    refused = negative * (at["planned"] + at["occurred"] + at["ongoing"])
    turned = {"REJECT": refused, "AGREE": at["planned"] * (1 - negative), "REQUEST": at["requested"], "THREATEN": at["threatened"]}
    left = (1 - sum(turned.values())).clamp(min=0)
    out = plain * speech + acts * left
    for k, share in turned.items():
        column = torch.zeros(len(PLV))
        column[PLV.index(k)] = 1
        out = out + acts.sum(1, keepdim=True) * share * column
    return out


def pair_loss(event, status, polarity, roles, pair) -> torch.Tensor:
    """-log of the chance that some word triggers the pair's class with the source as actor and the target as recipient,
    and a little of the chance that none triggers another class with them. event …: probabilities [W, …]; roles: [W, roles, W]."""
    source, target, k = pair
    actor, recipient = roles[:, 0], roles[:, 1]
    acts = actor[:, source].mean(1)
    suffers = 1 - (1 - recipient[:, target].mean(1)) * (1 - 0.7 * actor[:, target].mean(1))
    chance = legacy(event, status, polarity) * (acts * suffers)[:, None]
    some = 1 - (1 - chance.clamp(max=0.999)).log().sum(0).exp()
    others = 1 - some
    others = torch.cat([others[:k], others[k + 1:]])
    return -(some[k] + 1e-5).log() - 0.3 * (others + 1e-5).log().sum()
