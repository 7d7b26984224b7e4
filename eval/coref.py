"""Coreference of `reportedly` against GUM: MUC, B³, CEAFe and their mean, the CoNLL F1. Standard library only.

    python3 eval/coref.py [--binary PATH] [--gold FILE.conllu] [--verbose] [--limit N]

The program reads each document's raw text (words joined by SpaceAfter, paragraphs by `newpar`). What counts:

- Gold mentions come from GUM's MISC field `Entity=`, with its predicates and appositions (GUM links them). A gold chain
  counts if it has two mentions or more (no singletons, as in CoNLL-2012), at least one of them a name or a noun (chains of
  nothing but pronouns are left out), and if most of its mentions are of a type that the program's entities cover:
  person, organization, place. Abstract things, events, times, objects, animals, plants and substances are left out.
- The program's chains are its entities of two mentions or more, `thing` left out for the same reason.
- Mentions are matched by their head word, as CorefUD's head-match does: the first word of the span whose head in the gold
  tree lies outside the span, punctuation aside. Where several mentions share a head ("Ann" in "Ann and Bob"), the closest
  span wins; none is matched twice.
- The headline leaves pronouns of the first and second person out of both sides (and then chains that are left with one
  mention): who "I" and "you" are is a matter of who speaks to whom, which GUM's raw texts of interviews, speeches and letters
  do not say. `coref.with_speakers.conll_f1` counts them as well.
- Figures are pooled over documents: numerators and denominators are summed before dividing, as the CoNLL scorer does.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

TYPES = {"person", "organization", "place"}
KINDS = {"person", "group", "organization", "country", "place"}
SPEAKERS = set("i me my mine myself we us our ours ourselves you your yours yourself yourselves".split())
PAIR = re.compile(r"\((\d+)((?:-[^()|]*)?)\)|\((\d+)([^()]*)|(\d+)\)")


class Document:
    """Text, words `(form, upos, head, start, end)`, gold mentions `(first, last, chain, type)` of one document."""

    def __init__(self, name):
        self.name, self.text, self.words, self.mentions = name, "", [], []


def documents(conllu):
    doc, out, glue, open_, base, first = None, [], True, {}, 0, True
    left, end_of_range = "", 0
    for line in conllu.splitlines():
        if line.startswith("# newdoc"):
            doc = Document(line.split("=")[1].strip())
            out.append(doc)
            open_, glue = defaultdict(list), True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            if doc.text:
                doc.text, glue = doc.text.rstrip() + "\n\n", True
        elif line.startswith("#"):
            continue
        elif not line:
            base, end_of_range = len(doc.words), 0
        else:
            c = line.split("\t")
            if "." in c[0]:
                continue
            if c[0] == "1" or c[0].startswith("1-"):
                base = len(doc.words)
            if "-" in c[0]:
                doc.text += ("" if glue else " ")
                left, end_of_range = c[1], int(c[0].split("-")[1])
                at = len(doc.text)
                doc.text += c[1]
                glue = "SpaceAfter=No" in c[9]
                inside = at
                continue
            number = int(c[0])
            if number <= end_of_range:
                # the words of a contraction divide its characters; the last one takes the rest
                start = min(inside, len(doc.text) - 1)
                end = len(doc.text) if number == end_of_range else min(inside + len(c[1]), len(doc.text) - 1)
                inside = end
            else:
                doc.text += ("" if glue else " ")
                start, end = len(doc.text), len(doc.text) + len(c[1])
                doc.text += c[1]
                glue = "SpaceAfter=No" in c[9]
            index = len(doc.words)
            head = None if c[6] == "0" else base + int(c[6]) - 1
            doc.words.append((c[1], c[3], head, start, end))
            entity = next((m[7:] for m in c[9].split("|") if m.startswith("Entity=")), "")
            for m in PAIR.finditer(entity):
                if m[1]:
                    doc.mentions.append((index, index, m[1], kind_of(m[2])))
                elif m[3]:
                    open_[m[3]].append((index, kind_of(m[4])))
                elif open_[m[5]]:
                    begun, kind = open_[m[5]].pop()
                    doc.mentions.append((begun, index, m[5], kind))
    return out


def kind_of(fields):
    return (fields.split("-") + ["", ""])[1]


def head_of(doc, first, last):
    inside = range(first, last + 1)
    heads = [i for i in inside if doc.words[i][1] != "PUNCT" and doc.words[i][2] not in inside]
    return heads[0] if heads else last


def without_speakers(doc, chains):
    """The chains without first and second person, and those that are left with a name or noun and another mention."""
    out = ([m for m in c if doc.words[m[2]][0].lower() not in SPEAKERS] for c in chains)
    return [c for c in out if len(c) > 1]


def gold_chains(doc):
    chains = defaultdict(list)
    for first, last, chain, kind in doc.mentions:
        chains[chain].append((first, last, head_of(doc, first, last), kind))
    out = []
    for members in chains.values():
        kind = Counter(m[3] for m in members).most_common(1)[0][0]
        nominal = any(doc.words[m[2]][1] not in ("PRON", "DET") for m in members)
        if len(members) > 1 and nominal and kind in TYPES:
            out.append([m[:3] for m in sorted(members)])
    return out


def system_chains(doc, reading):
    starts = {}
    for i, w in enumerate(doc.words):
        for at in range(w[3], w[4]):
            starts[at] = i
    out = []
    for entity in reading["entities"]:
        if entity["kind"] not in KINDS:
            continue
        members = set()
        for m in entity["mentions"]:
            words = sorted({starts[at] for at in range(m["start"], m["end"]) if at in starts})
            if words:
                members.add((words[0], words[-1], head_of(doc, words[0], words[-1])))
        if len(members) > 1:
            out.append(sorted(members))
    return out


def aligned(gold, system):
    """Both sides as lists of sets of mention names, one name for what is matched."""
    pairs = []
    for g, chain in enumerate(gold):
        for i, a in enumerate(chain):
            for s, other in enumerate(system):
                for j, b in enumerate(other):
                    if a[2] == b[2]:
                        shared = max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1)
                        union = max(a[1], b[1]) - min(a[0], b[0]) + 1
                        pairs.append((-shared / union, g, i, s, j))
    taken_g, taken_s = {}, {}
    for _, g, i, s, j in sorted(pairs):
        if (g, i) not in taken_g and (s, j) not in taken_s:
            taken_g[g, i] = taken_s[s, j] = len(taken_g)
    key = [{("m", taken_g[g, i]) if (g, i) in taken_g else ("g", g, i) for i in range(len(c))} for g, c in enumerate(gold)]
    answer = [{("m", taken_s[s, j]) if (s, j) in taken_s else ("s", s, j) for j in range(len(c))} for s, c in enumerate(system)]
    return key, answer


def muc(key, answer):
    where = {m: i for i, c in enumerate(answer) for m in c}
    right = sum(len(c) - len({where.get(m, ("alone", m)) for m in c}) for c in key)
    return right, sum(len(c) - 1 for c in key)


def b_cubed(key, answer):
    where = {m: c for c in answer for m in c}
    return sum(sum(len(c & where.get(m, set())) / len(c) for m in c) for c in key), sum(map(len, key))


def ceaf_e(key, answer):
    phi = [[2 * len(k & a) / (len(k) + len(a)) for a in answer] for k in key]
    return assignment(phi), len(key), len(answer)


def assignment(gain):
    """The greatest sum of a one-to-one assignment (Hungarian method)."""
    if not gain or not gain[0]:
        return 0.0
    if len(gain) > len(gain[0]):
        gain = [list(row) for row in zip(*gain)]
    n, m, inf = len(gain), len(gain[0]), float("inf")
    u, v, match, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        least, used = [inf] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], inf, 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = -gain[i0 - 1][j - 1] - u[i0] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0], j0 = match[way[j0]], way[j0]
    return sum(gain[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


class Tally:
    def __init__(self):
        self.n = defaultdict(float)

    def add(self, key, answer):
        for name, f in (("muc", muc), ("b3", b_cubed)):
            for side, (x, y) in (("r", f(key, answer)), ("p", f(answer, key))):
                self.n[name, side, 0] += x
                self.n[name, side, 1] += y
        best, keys, answers = ceaf_e(key, answer)
        for side, total in (("r", keys), ("p", answers)):
            self.n["ceafe", side, 0] += best
            self.n["ceafe", side, 1] += total
        found, k, a = len(set().union(*key, set()) & set().union(*answer, set())), sum(map(len, key)), sum(map(len, answer))
        for side, total in (("r", k), ("p", a)):
            self.n["mentions", side, 0] += found
            self.n["mentions", side, 1] += total

    def f1(self, name):
        p, r = (self.n[name, s, 0] / self.n[name, s, 1] if self.n[name, s, 1] else 0.0 for s in "pr")
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def conll(self):
        return sum(self.f1(n)[2] for n in ("muc", "b3", "ceafe")) / 3


def read(binary, docs):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for d in docs:
            f.write(json.dumps({"id": d.name, "text": d.text}) + "\n")
        f.flush()
        out = subprocess.run([binary, "read", "--input", "jsonl", "--format", "jsonl", f.name], stdout=subprocess.PIPE, check=True)
    return {r["document"]["id"]: r for r in map(json.loads, out.stdout.decode().splitlines())}


def explain(doc, gold, system):
    """Each gold chain with the program's chain of each mention; then the program's mentions that no gold chain has."""
    words = lambda m: " ".join(w[0] for w in doc.words[m[0]:m[1] + 1])[:50]
    where = {m[2]: s for s, c in enumerate(system) for m in c}
    print(f"\n== {doc.name}")
    for c in gold:
        print("  G " + " | ".join(f"{words(m)} [{where.get(m[2], '-')}]" for m in c))
    heads = {m[2] for c in gold for m in c}
    for s, c in enumerate(system):
        print(f"  S{s} " + " | ".join(("" if m[2] in heads else "*") + words(m) for m in c))


def main():
    data = Path(__file__).resolve().parent.parent.parent / "shared/data/ud/en_gum-dev.conllu"
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default="target/release/reportedly")
    ap.add_argument("--gold", default=data)
    ap.add_argument("--limit", type=int)
    ap.add_argument("--verbose", action="store_true", help="print the chains")
    args = ap.parse_args()
    docs = documents(Path(args.gold).read_text(encoding="utf-8"))[:args.limit]
    readings = read(args.binary, docs)
    every, spoken, genres = Tally(), Tally(), defaultdict(Tally)
    for doc in docs:
        gold, system = gold_chains(doc), system_chains(doc, readings[doc.name])
        spoken.add(*aligned(gold, system))
        gold, system = without_speakers(doc, gold), without_speakers(doc, system)
        if args.verbose:
            explain(doc, gold, system)
        key, answer = aligned(gold, system)
        every.add(key, answer)
        genres[doc.name.split("_")[1]].add(key, answer)
    for genre, tally in sorted(genres.items()):
        print(f"# coref.{genre} {tally.conll():.4f}")
    for name in ("mentions", "muc", "b3", "ceafe"):
        p, r, f = every.f1(name)
        print(f"coref.{name}.precision {p:.4f}\ncoref.{name}.recall {r:.4f}\ncoref.{name}.f1 {f:.4f}")
    print(f"coref.with_speakers.conll_f1 {spoken.conll():.4f}")
    print(f"coref.conll_f1 {every.conll():.4f}")


if __name__ == "__main__":
    sys.exit(main())
