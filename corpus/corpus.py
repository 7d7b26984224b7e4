#!/usr/bin/env python3
"""Reads, checks and compares the corpus of claims (format: README.md). Standard library only.

    corpus.py check [FILE…]     errors with file and line; exit 1 if there are any
    corpus.py stats [FILE…]     how much there is of what
    corpus.py strip FILE…       the bare text, for a second reader
    corpus.py agree A B         two annotations of the same text: claims found by both, and where they differ
    corpus.py gold OUT [FILE…]  articles and sentences as files of the project's scorer
    corpus.py json [FILE…]      one item a line, all spans in code points
"""
import datetime
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parent / "crates/reader/data/ontology"
STATUS = "occurred ongoing planned expected possible requested threatened conditional unreal".split()
CERTAINTY = "certain probable possible unspecified".split()
MANNER = "agency regional release statement analysis headline broadcast sport weather business culture crime".split()
QUANTITY = "dead injured arrested displaced participants troops money items".split()
ALIKE = 0.5  # share of common word triples from which two sentences count as near-duplicates


@dataclass
class Party:
    span: tuple | None
    text: str
    referent: str | None = None

    def names(self):
        return [self.text] + ([self.referent] if self.referent else [])


@dataclass
class Claim:
    line: int
    span: tuple
    trigger: str
    parts: list
    type: str | None
    mode: str | None
    status: str
    polarity: str
    certainty: str
    roles: dict = field(default_factory=lambda: defaultdict(list))
    time: tuple | None = None
    place: Party | None = None
    chain: list = field(default_factory=list)  # [(Party, cue span | None)], outermost first
    hedges: list = field(default_factory=list)
    quantities: list = field(default_factory=list)
    within: str | None = None


@dataclass
class Item:
    file: str
    line: int
    date: str
    manner: str
    country: str
    article: bool
    text: str = ""
    paragraphs: list = field(default_factory=list)  # (start, end, [claims], line)

    @property
    def claims(self):
        return [c for _, _, claims, _ in self.paragraphs for c in claims]


def ontology():
    types = {l.split("\t")[0] for l in (ONTOLOGY / "types.tsv").read_text().splitlines()[1:] if l}
    modes = defaultdict(set)
    for l in (ONTOLOGY / "modes.tsv").read_text().splitlines()[1:]:
        if l:
            modes[l.split("\t")[0]].add(l.split("\t")[1])
    return types, modes


TYPES, MODES = ontology()


class Wrong(Exception):
    pass


def find(text, expression, lo, hi, missing_ok=False):
    """The span of an expression `words~n` within text[lo:hi], word boundaries kept."""
    words, _, n = expression.rpartition("~") if re.search(r"~\d+$", expression) else (expression, "", "1")
    words = words.strip()
    if not words:
        raise Wrong("an empty expression")
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    hits = [m.span() for m in re.finditer(left + re.escape(words) + right, text[lo:hi])]
    if len(hits) < int(n):
        if missing_ok:
            return None, words
        raise Wrong(f"{expression!r} is not in the line" + (f" {n} times" if n != "1" else ""))
    s, e = hits[int(n) - 1]
    return (lo + s, lo + e), words


def party(item, expression, lo, hi, anywhere=False):
    words, _, referent = expression.partition(" = ")
    span, words = find(item.text, words, lo, hi, missing_ok=anywhere)
    if span is None:
        span, words = find(item.text, words, 0, len(item.text))
    return Party(span, words, referent.strip() or None)


def claim(item, text, lo, hi, number):
    fields = [f.strip() for f in text.strip().split(" | ")]
    if len(fields) < 3:
        raise Wrong("a claim needs trigger | type | standing")
    pieces = [p.strip() for p in fields[0].split("…")]
    parts = [find(item.text, p, lo, hi)[0] for p in pieces]
    kind, _, mode = fields[1].partition("/")
    if kind != "-" and kind not in TYPES:
        raise Wrong(f"unknown type {kind!r}")
    if mode and mode not in MODES[kind]:
        raise Wrong(f"{kind} has no mode {mode!r}; it has {' '.join(sorted(MODES[kind])) or 'none'}")
    standing = fields[2].split()
    if len(standing) != 3 or standing[0] not in STATUS or standing[1] not in "+-" or standing[2] not in CERTAINTY:
        if kind == "-" and len(standing) == 2 and standing[0] in STATUS and standing[1] in CERTAINTY:
            standing.insert(1, "+")
        else:
            raise Wrong(f"standing {fields[2]!r} is not `status sign certainty`")
    out = Claim(number, (parts[0][0], parts[-1][1]), item.text[parts[0][0]:parts[-1][1]], parts, None if kind == "-" else kind, mode or None,
                standing[0], "positive" if standing[1] == "+" else "negative", standing[2])
    for f in fields[3:]:
        key, colon, value = f.partition(":")
        value = value.strip()
        if not colon or key not in ("A", "R", "O", "I", "T", "P", "S", "H", "Q", "W") or not value:
            raise Wrong(f"unknown field {f!r}")
        if key in "AROI":
            out.roles[key] += [party(item, x.strip(), lo, hi) for x in value.split(" ; ")]
        elif key == "T":
            words, _, interval = value.partition(" = ")
            span, words = find(item.text, words, lo, hi, missing_ok=item.article)
            out.time = (span, words, time_interval(words, interval.strip(), item.date) if interval else None)
        elif key == "P":
            out.place = party(item, value.split(" ; ")[0], lo, hi, anywhere=item.article)
        elif key == "S":
            for link in value.split(" > "):
                source, _, cue = link.partition(" @ ")
                span = find(item.text, cue.strip(), lo, hi, missing_ok=item.article)[0] if cue.strip() else None
                out.chain.append((party(item, source.strip(), lo, hi, anywhere=item.article), span))
        elif key == "H":
            out.hedges = [find(item.text, x.strip(), lo, hi)[0] for x in value.split(" ; ")]
        elif key == "Q":
            for q in value.split(" ; "):
                m = re.fullmatch(r"(\w+) (\d*)(?:-(\d*))? (.+)", q.strip())
                if not m or m[1] not in QUANTITY:
                    raise Wrong(f"quantity {q!r} is not `kind low-high words`")
                low, high = m[2] or None, (m[2] if m[3] is None else m[3]) or None
                out.quantities.append((m[1], low and int(low), high and int(high), find(item.text, m[4], lo, hi)[0]))
        elif key == "W":
            out.within = re.sub(r"~\d+$", "", value)
    return out


WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def time_interval(words, interval, published):
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)?/(\d{4}-\d\d-\d\d)?", interval)
    if not m:
        raise Wrong(f"interval {interval!r} is not START/END in ISO dates")
    start, end = (d and datetime.date.fromisoformat(d) for d in m.groups())
    if start and end and start >= end:
        raise Wrong(f"interval {interval!r} does not end after its start")
    named = re.fullmatch(r"(?:(?:on|last|next|this|early|late)\s+)*(\w+day)", words.lower())
    if named and named[1] in WEEKDAYS and start and start.weekday() != WEEKDAYS.index(named[1]):
        raise Wrong(f"{start} is no {named[1].title()}")
    return m.groups()


def read(path):
    """-> items, errors (line, message)."""
    items, errors, header, item, lo, hi, last = [], [], None, None, 0, 0, None
    for number, raw in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("@"):
                article = line.startswith("@@")
                fields = [f.strip() for f in line.lstrip("@").split("|")]
                when = fields[0].split()
                header = None
                if len(fields) != 3 or len(when) != 2:
                    raise Wrong("a header is `@ DATE WEEKDAY | MANNER | COUNTRY`")
                day = datetime.date.fromisoformat(when[0])
                if day.strftime("%a") != when[1]:
                    raise Wrong(f"{when[0]} is a {day.strftime('%a')}")
                if fields[1] not in MANNER:
                    raise Wrong(f"unknown manner {fields[1]!r}; known: {' '.join(MANNER)}")
                if not re.fullmatch(r"[A-Z]{3}", fields[2]):
                    raise Wrong(f"country {fields[2]!r} is no alpha-3 code")
                header = (when[0], fields[1], fields[2], article)
                item = None
            elif not raw[0].isspace():
                if header is None:
                    raise Wrong("text before a header that could be read")
                if item is None or not header[3]:
                    item = Item(str(path), number, *header)
                    items.append(item)
                if item.text:
                    item.text += "\n\n"
                lo = len(item.text)
                item.text += line
                hi = len(item.text)
                last = (lo, hi, [], number)
                item.paragraphs.append(last)
                last_none = False
            else:
                if last is None or item is None:
                    raise Wrong("a claim before any text")
                if line.strip() == "none":
                    last_none = True
                    if last[2]:
                        raise Wrong("`none` beneath claims")
                    continue
                if last_none:
                    raise Wrong("claims beneath `none`")
                last[2].append(claim(item, line, lo, hi, number))
        except Wrong as e:
            errors.append((number, str(e)))
        except ValueError as e:
            errors.append((number, str(e)))
    for it in items:
        for lo, _, claims, number in it.paragraphs:
            title = it.article and lo == 0
            seen = Counter((c.span, c.type, c.status, c.polarity) for c in claims)
            errors += [(number, f"the claim at {it.text[s[0][0]:s[0][1]]!r} stands twice") for s, n in seen.items() if n > 1]
            for c in claims:
                if c.within and not any(c.within == o.trigger or o.trigger.startswith(c.within) for o in it.claims):
                    errors.append((c.line, f"W: {c.within!r} is no trigger here"))
            if not title and len(it.text.split()) < 3:
                errors.append((number, "a text of fewer than three words"))
    return items, sorted(errors)


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + 3]) for i in range(len(words) - 2)}


def near_duplicates(items):
    """Pairs of texts that share more than ALIKE of their word triples."""
    index, texts = defaultdict(list), []
    for it in items:
        for lo, hi, _, number in it.paragraphs:
            s = shingles(it.text[lo:hi])
            common = Counter(i for x in s for i in index[x])
            for i, n in common.items():
                if len(s) > 4 and n / min(len(s), len(texts[i][0])) > ALIKE:
                    yield (it.file, number), texts[i][1]
            for x in s:
                index[x].append(len(texts))
            texts.append((s, (it.file, number)))


def load(paths):
    files = [Path(p) for p in paths] or sorted([*HERE.glob("sentences/*.txt"), *HERE.glob("articles/*.txt")])
    out, bad = [], 0
    for f in files:
        items, errors = read(f)
        out += items
        bad += len(errors)
        for number, message in errors:
            print(f"{f}:{number}: {message}", file=sys.stderr)
    return out, bad


def check(paths):
    items, bad = load(paths)
    for (file, a), (other, b) in near_duplicates(items):
        print(f"{file}:{a}: nearly the text of {other}:{b}", file=sys.stderr)
        bad += 1
    print(f"{len(items)} items, {sum(len(i.claims) for i in items)} claims, {bad} errors")
    return 1 if bad else 0


def stats(paths):
    items, _ = load(paths)
    single, articles = [i for i in items if not i.article], [i for i in items if i.article]
    claims = [c for i in items for c in i.claims]
    print(f"sentences {len(single)}, of them without a claim {sum(not i.claims for i in single)}")
    print(f"articles {len(articles)}, words {sum(len(i.text.split()) for i in articles)}; words in sentences {sum(len(i.text.split()) for i in single)}")
    print(f"claims {len(claims)}, with a chain {sum(bool(c.chain) for c in claims)}, longer than one {sum(len(c.chain) > 1 for c in claims)}, standing facts {sum(c.type is None for c in claims)}")
    for name, of in (("type", lambda c: c.type or "-"), ("status", lambda c: f"{c.status} {c.polarity}"), ("certainty", lambda c: c.certainty)):
        print(f"{name}: " + ", ".join(f"{k} {n}" for k, n in Counter(map(of, claims)).most_common()))
    modes = Counter((c.type, c.mode) for c in claims if c.mode)
    print("mode: " + ", ".join(f"{t}/{m} {n}" for (t, m), n in sorted(modes.items(), key=lambda x: -x[1])))
    print("modes never used: " + (", ".join(f"{t}/{m}" for t in sorted(MODES) for m in sorted(MODES[t]) if not modes[t, m]) or "none"))
    print("countries " + str(len({i.country for i in items})) + ", years " + f"{min(i.date for i in items)[:4]} to {max(i.date for i in items)[:4]}")


def strip(paths):
    for p in paths:
        for line in Path(p).read_text(encoding="utf-8").splitlines():
            if line and not line[0].isspace() and not line.startswith("#"):
                print(line)


def content(text):
    words = {w.lower() for w in re.findall(r"\w+", text)} - {"the", "a", "an", "of", "and", "his", "her", "its", "their"}
    return words or {text.lower()}


def same_parties(a, b):
    """Every party of either side shares a content word with one of the other's."""
    hit = lambda p, q: any(content(x) & content(y) for x in p.names() for y in q.names())
    return len(a) == len(b) and all(any(hit(p, q) for q in b) for p in a)


def agree(one, two):
    """F1 of claims found by both (triggers overlap), and the share of these on which each field agrees."""
    first, second = read(one)[0], read(two)[0]
    by_text = {(i.date, i.text): i for i in second}
    n, same, pairs = Counter(), Counter(), 0
    for a in first:
        b = by_text.get((a.date, a.text))
        if b is None:
            continue
        pairs += 1
        left = [c for c in b.claims if c.type]
        mine = [c for c in a.claims if c.type]
        n["a"] += len(mine)
        n["b"] += len(left)
        for c in mine:
            d = next((d for d in left if d.type == c.type and d.span[0] < c.span[1] and c.span[0] < d.span[1]), None) or \
                next((d for d in left if d.span[0] < c.span[1] and c.span[0] < d.span[1]), None)
            if d is None:
                continue
            left.remove(d)
            n["both"] += 1
            fields = {
                "type": c.type == d.type, "mode": c.mode == d.mode, "status": c.status == d.status, "polarity": c.polarity == d.polarity,
                "certainty": c.certainty == d.certainty, "actor": same_parties(c.roles["A"], d.roles["A"]),
                "recipient": same_parties(c.roles["R"], d.roles["R"]), "chain": len(c.chain) == len(d.chain) and
                all(same_parties([p], [q]) for (p, _), (q, _) in zip(c.chain, d.chain)),
            }
            for k, v in fields.items():
                same[k] += v
            same["whole"] += all(v for k, v in fields.items() if k not in ("mode", "certainty"))
    p, r = n["both"] / max(1, n["b"]), n["both"] / max(1, n["a"])
    print(f"items {pairs}, claims {n['a']} and {n['b']}, in both {n['both']}: f1 {2 * p * r / max(1e-9, p + r):.4f}")
    for k, v in same.items():
        print(f"{k} {v / max(1, n['both']):.4f}")


def gold_row(c):
    name = lambda p: " | ".join(dict.fromkeys(p.names()))
    return {"trigger": c.trigger, "start": c.parts[0][0], "end": c.parts[0][1], "types": [c.type] if c.type else [], "modes": [c.mode] if c.mode else [],
            "actor": [name(p) for p in c.roles["A"]], "recipient": [name(p) for p in c.roles["R"]], "object": [name(p) for p in c.roles["O"]],
            "status": [c.status], "polarity": c.polarity, "certainty": [c.certainty], "time": list(c.time[2]) if c.time and c.time[2] and all(c.time[2]) else None,
            "place": name(c.place) if c.place else None, "attribution": [name(p) for p, _ in c.chain], "core": True}


def gold(out, paths):
    items, _ = load(paths)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for k, i in enumerate(items):
        name = f"{Path(i.file).stem}-{i.line:05}"
        (out / f"{name}.txt").write_text(i.text, encoding="utf-8")
        (out / f"{name}.date").write_text(i.date)
        (out / f"{name}.gold.jsonl").write_text("".join(json.dumps(gold_row(c), ensure_ascii=False) + "\n" for c in i.claims), encoding="utf-8")


def to_json(paths):
    for i in load(paths)[0]:
        person = lambda p: {"span": p.span, "text": p.text, "referent": p.referent}
        claims = [{"trigger": c.parts, "type": c.type, "mode": c.mode, "status": c.status, "polarity": c.polarity, "certainty": c.certainty,
                   "actor": [person(p) for p in c.roles["A"]], "recipient": [person(p) for p in c.roles["R"]], "object": [person(p) for p in c.roles["O"]],
                   "instrument": [person(p) for p in c.roles["I"]], "time": c.time, "place": c.place and person(c.place),
                   "chain": [{"source": person(p), "cue": cue} for p, cue in c.chain], "hedges": c.hedges, "quantities": c.quantities, "within": c.within}
                  for c in i.claims]
        print(json.dumps({"id": f"{Path(i.file).stem}-{i.line}", "published": i.date, "manner": i.manner, "country": i.country, "article": i.article,
                          "text": i.text, "claims": claims}, ensure_ascii=False))


def main(argv):
    commands = {"check": check, "stats": stats, "strip": strip, "agree": lambda p: agree(*p), "gold": lambda p: gold(p[0], p[1:]), "json": to_json}
    if not argv or argv[0] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[argv[0]](argv[1:]) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
