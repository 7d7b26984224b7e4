"""Name tags with partial labels: for each word the set of tags it may have, as bits over NER.

Every corpus marks other things as names. Where a corpus does not say which of our kinds a word has (or does not mark a kind at all), all
that are possible stay allowed, and the loss asks only that the network's mass lies among them.
"""
import re
import tomllib
from collections import defaultdict
from pathlib import Path

LISTS = tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))
NAME_KINDS = ["person", "organization", "group", "place", "thing", "event"]
NER = ["O"] + [f"{p}-{k}" for k in NAME_KINDS for p in "BI"]
ALL = (1 << len(NER)) - 1
TITLES, CALENDAR, PRONOUNS, DEMONYMS, CARELESS = (
    set(LISTS[k].split()) for k in ("titles", "calendar", "pronouns", "demonyms", "careless")
)
TYPES, UNMARKED, UNSURE = LISTS["types"], LISTS["unmarked"], LISTS["types"]["unsure"]


def kinds_mask(kinds: str, prefix: str) -> int:
    """The tags `prefix`-kind as a bit set; "O" among the kinds allows no name."""
    mask = 0
    for kind in kinds.split():
        mask |= 1 if kind == "O" else 1 << NER.index(f"{prefix}-{kind}")
    return mask


B_GROUP, I_GROUP = kinds_mask("group", "B"), kinds_mask("group", "I")
ANY_B = kinds_mask(" ".join(NAME_KINDS), "B")


def is_demonym(word: str) -> bool:
    """Whether the word names a people, a faith or its adjective: "American", "Kurds"."""
    return word in DEMONYMS or (word.endswith("s") and word[:-1] in DEMONYMS)


def entities(rows) -> list[tuple[int, int, str, list[int]]]:
    """GUM's typed entities as (first, last, type, head words)."""
    spans, stack = [], []
    for i, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for opened, body, closed in re.findall(r"(\()?([^()]+)(\))?", match.group(1)) if match else []:
            parts = body.split("-")
            if opened:
                entity = (parts[0], parts[1] if len(parts) > 1 else "", i, parts[5] if len(parts) > 5 else "1")
                if closed:
                    spans.append((i, i, entity[1], [i]))
                else:
                    stack.append(entity)
            elif closed:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == parts[0]:
                        _, kind, start, heads = stack.pop(k)
                        spans.append((start, i, kind, [start + int(h) - 1 for h in heads.split(",") if h.isdigit()]))
                        break
    return spans


def runs(rows) -> list[tuple[int, int]]:
    """(first, last) of neighbouring proper nouns that the tree makes one name: flat, compound or attributive."""
    proper = [r[3] == "PROPN" for r in rows]
    joined = [False] * len(rows)  # with the word before
    for d, r in enumerate(rows):
        h = int(r[6]) - 1
        lo, hi = min(d, h), max(d, h)
        if h >= 0 and r[7].split(":")[0] in ("flat", "compound", "amod") and all(proper[lo:hi + 1]):
            joined[lo + 1:hi + 1] = [True] * (hi - lo)
    out: list[tuple[int, int]] = []
    for i in range(len(rows)):
        if proper[i]:
            out = [*out[:-1], (out[-1][0], i)] if joined[i] and out and out[-1][1] == i - 1 else [*out, (i, i)]
    stripped = []
    for lo, hi in out:
        while lo < hi and rows[lo][1].lower() in TITLES:
            lo += 1
        stripped.append((lo, hi))
    return stripped


def ewt_names(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Sentence id -> (first, last, kind) of its names, words counted from 0: names_ewt.tsv. A sentence that is not there has none."""
    out: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            sent_id, *names = line.split("\t")
            for first, last, kind in map(str.split, names):
                out[sent_id].append((int(first) - 1, int(last) - 1, kind))
    return out


def marked_masks(words: list[str], names: list[tuple[int, int, str]]) -> list[int]:
    """Allowed tags of a sentence whose names are all marked."""
    masks = [1] * len(words)
    for lo, hi, kind in names:
        for k in range(lo, hi + 1):
            masks[k] = kinds_mask(kind, "B" if k == lo else "I")
    return masks


def tree_masks(rows) -> list[int]:
    """Allowed tags of a treebank sentence: proper nouns may be any name, calendar words and other words none, demonyms are groups."""
    masks = []
    for i, r in enumerate(rows):
        capital = r[1][:1].isupper()
        named = [k for k in (i - 1, i + 1) if 0 <= k < len(rows) and rows[k][3] == "PROPN" and rows[k][1].lower() not in TITLES]
        if is_demonym(r[1]) and r[3] in ("ADJ", "PROPN", "NOUN"):
            masks.append(ALL if (r[3] == "PROPN" and r[4] != "NNPS") or i + 1 in named else B_GROUP | I_GROUP)
        elif r[3] == "PROPN":
            masks.append(1 if r[1].lower() in CALENDAR else ALL)
        elif r[3] == "ADJ" and capital and i:
            masks.append(ALL if named else 1 | B_GROUP | I_GROUP)
        elif r[4] == "ADD" or "@" in r[1] or "www" in r[1].lower():
            masks.append(1)
        elif r[1].lower() in ("of", "&", "-", "the", "for", "and", "de", "al", "'s") or r[3] in ("X", "NUM") or (r[3] in ("NOUN", "VERB") and capital and i):
            before, after = (any(rows[k][3] == "PROPN" for k in side) for side in (range(max(i - 2, 0), i), range(i + 1, min(i + 3, len(rows)))))
            masks.append(ALL if before and after or (capital and r[3] != "DET" and (before or after)) else 1)
        else:
            masks.append(1)
    for lo, hi in runs(rows):
        for k in range(lo + 1, hi + 1):
            masks[k] &= ~ANY_B  # within one name
        for k in range(lo - 1, -1, -1):
            if rows[k][3] != "PROPN" or rows[k][1].lower() not in TITLES:
                break
            masks[k] = 1
    return [m or 1 for m in masks]


def gum_masks(rows) -> list[int]:
    """Allowed tags of a GUM sentence: tree_masks made definite where a typed entity is headed by proper nouns."""
    kinds = {"person": "person", "place": "place", "organization": "organization", "event": "event", "object": "thing", "time": "O"}
    proper = [r[3] == "PROPN" for r in rows]
    capital = [p or (k > 0 and r[1][:1].isupper() and r[3] in ("ADJ", "NOUN", "VERB", "NUM")) for k, (p, r) in enumerate(zip(proper, rows))]
    masks = tree_masks(rows)
    found = []
    for a, b, kind, heads in entities(rows):
        inner = proper if kind == "person" else capital
        heads = [h for h in heads if a <= h <= b and proper[h]]
        if not heads:
            continue
        lo, hi = min(heads), max(heads)
        joins = ("-", "–") if kind == "person" else ("-", "–", "of", "&", "for")
        while lo > a and (inner[lo - 1] or (rows[lo - 1][1] in "-–" and lo - 2 >= a and inner[lo - 2])):
            lo -= 1 if inner[lo - 1] else 2
        while hi < b and (inner[hi + 1] or (rows[hi + 1][1] in joins and hi + 2 <= b and inner[hi + 2])):
            hi += 1 if inner[hi + 1] else 2
        if all(inner[k] or rows[k][1] in joins for k in range(lo, hi + 1)):
            found.append((lo, hi, kind, b - a))
    taken = [False] * len(rows)
    end_of_run = {k: hi for lo, hi in runs(rows) for k in range(lo, hi + 1)}
    for lo, hi, kind, _ in sorted(found, key=lambda s: (s[0] - s[1], s[3])):
        if any(taken[lo:hi + 1]) or end_of_run.get(hi, hi) > hi:
            continue  # part of a longer name
        if kind == "person":
            while lo < hi and rows[lo][1].lower() in TITLES:
                masks[lo], taken[lo] = 1, True
                lo += 1
        ours = kinds.get(kind, UNSURE)
        if kind == "person" and rows[hi][4] == "NNPS":
            ours = "group person"
        elif kind == "person" and lo == hi and rows[lo][1].lower() in TITLES:
            ours = "person O"
        for k in range(lo, hi + 1):
            masks[k], taken[k] = kinds_mask(ours, "B" if k == lo else "I"), True
    return masks


def bio_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """(first, last, type) of a sentence's spans; an I without its B opens one."""
    out: list[list] = []
    for i, tag in enumerate(tags):
        if "-" not in tag:
            continue
        prefix, kind = tag.split("-", 1)
        if prefix == "I" and out and out[-1][1] == i - 1 and out[-1][2] == kind:
            out[-1][1] = i
        else:
            out.append([i, i, kind])
    return [tuple(s) for s in out]


def corpus_masks(words: list[str], tags: list[str], corpus: str) -> list[int]:
    """Allowed tags of a sentence of one of the name corpora."""
    unmarked = UNMARKED.get(corpus, "")
    loose = 1 | kinds_mask(unmarked, "B") | kinds_mask(unmarked, "I")
    masks = [loose if w[:1].isupper() and w.lower() not in CALENDAR | PRONOUNS | {"the", "a"} else 1 for w in words]
    masks = [B_GROUP | I_GROUP if is_demonym(w) else ALL if w[:1] in "@#" else m for w, m in zip(words, masks)]
    for lo, hi, kind in bio_spans(tags):
        ours = TYPES.get(kind, UNSURE)
        inside = words[lo:hi + 1]
        cased = any(c.isupper() for w in inside for c in w)
        for k in range(lo, hi + 1):
            masks[k] = 1
        if not cased and not (corpus in CARELESS and ours in ("person", "place", "organization", "thing")):
            continue  # a description, which some corpora mark and we do not
        while lo <= hi and (words[lo].lower() in ("the", "a", "an", "'s") or (ours == "person" and lo < hi and words[lo].lower() in TITLES)):
            lo += 1
        if corpus == "re3d-train":  # whole noun phrases: only those that are capitals throughout are names for certain
            body = words[lo:hi + 1]
            if len(body) == 1 and body[0].lower() in PRONOUNS:
                continue
            if any(w == "," or w[:1].islower() and w not in ("of", "for", "and", "the", "al", "de", "el") for w in body):
                for k in range(lo, hi + 1):
                    masks[k] = B_GROUP if is_demonym(words[k]) else ALL if words[k][:1].isupper() or words[k] in "-of" else 1
                continue
        if corpus == "re3d-train" and ours == "organization":
            ours += " place"  # a state as an actor
        if lo == hi and is_demonym(words[lo]) and ours != "person":
            masks[lo] = B_GROUP
            continue
        if kind in ("politicalparty", "organisation", "ORG") and lo == hi and words[lo].endswith("s") and words[lo] != words[lo].upper():
            ours += " group"
        for k in range(lo, hi + 1):
            masks[k] = kinds_mask(ours, "B" if k == lo else "I")
    return masks


def name_corpus(path: Path):
    """Yields (words, masks) of a two-column name corpus."""
    words, tags = [], []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        columns = line.split(" " if path.stem == "wikigold" else "\t")
        if len(columns) >= 2 and columns[0].strip():
            words.append(columns[0])
            tags.append(columns[1])
        else:
            if len(words) > 2 and "-DOCSTART-" not in words:
                yield words, corpus_masks(words, tags, path.stem)
            words, tags = [], []
