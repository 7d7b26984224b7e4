#!/usr/bin/env python3
"""Writes ../leaders.tsv, ../ministers.tsv, ../officials.tsv and ../commanders.tsv from holders/*.txt.

    python3 crates/reader/data/actors/build/holders.py shared/data/actors/reign-leaders-to-2021-03.csv

A line of holders/*.txt is one office, its holders in order:

    FRA president: François Mitterrand 19810521; Jacques Chirac; - 20170514; Emmanuel Macron|Macron

- `ISO office [SECTOR]: holder; holder; …`; the sector is GOV unless given. `#` begins a comment.
- A holder is `Name|Alias|… start[>end]`. The end is the next one's start unless given; `-` is a vacancy; the last one without an end is in office.
- Without a start, REIGN's for that state and name is taken, the first not before the preceding holder's. REIGN is to the day at the start of a term and only to
  the month at its end, so ends come from the successor.
- A star behind the office: it is held by several at once, and terms end only where said.
- `(acting)` behind a name makes the office "acting OFFICE".
- `!source FILE`: the output that follows. `!surnames ISO …`: states whose holders (in this file) are also known by the surname alone; `!common NAME …`: but
  never by these, which are anybody's; `!distinct NAME …`: surnames that stand alone whatever the state. `!family-first ISO …`: states that write it in front.

Spellings that follow from others (accents, hyphens, Mohammed and Mohamed, al- and el-) are added as aliases here.
"""
import csv
import itertools
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
REIGN_STATES = dict(pair.split(":") for pair in (HERE / "reign_states.txt").read_text().split())
VARIANTS = [line.split() for line in (HERE / "variants.txt").read_text().splitlines() if line and line[0] != "#"]
PARTICLES = {"de", "van", "von", "der", "den", "la", "di", "da", "dos", "do", "ould", "bin", "ten", "ter", "le"}
ROMAN = re.compile(r"^(I{1,3}|IV|VI{0,3}|IX|X|XVI|Jr\.?|Sr\.?)$")


def plain(text):
    text = text.translate(str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "Þ": "Th", "þ": "th", "ə": "a", "Ə": "A"}))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def folded(text):
    return re.sub("[^a-z]", "", plain(text).lower())


def reign(path):
    """State and folded name to start dates."""
    out = {}
    for row in csv.DictReader(open(path, encoding="latin1")):
        iso3 = REIGN_STATES.get(row["stateabb"])
        if iso3 and row["syear"]:
            start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            out.setdefault(iso3, []).append((folded(row["leader"]), start))
    return out


def iso(day):
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}"


def spellings(name):
    """The name and what else it is written as; the name first."""
    options = []
    for word in name.split(" "):
        same = next((v for v in VARIANTS if word in v), [word])
        options.append([word] + [v for v in same if v != word])
    out = [" ".join(words) for words in itertools.islice(itertools.product(*options), 12)]
    for text in list(out):
        if re.search(r"\b(al|el)-", text):
            bare = re.sub(r"\b(?:al|el)-", "", text)
            other = re.sub(r"\b(al|el)-", lambda m: ("el" if m[1] == "al" else "al") + "-", text)
            out += [re.sub(r"\b(al|el)-", lambda m: m[1].title() + "-", text), bare, other]
    for text in list(out):
        if "-" in text and re.search(r"[a-z]-[a-z]", text) and not re.search(r"\b(al|el)-", text):
            out.append(re.sub(r"(?<=[a-z])-([a-z])", lambda m: "-" + m[1].upper(), text))
    return list(dict.fromkeys(out))


def surname(name, family_first):
    words = [w for w in name.split() if not ROMAN.match(w)]
    if len(words) < 2 or words[0] in {"King", "Queen", "Emperor", "Sultan", "Pope", "Emir", "Prince", "Princess", "Sheikh", "Grand"}:
        return []
    if family_first:
        return [words[0]]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    last = " ".join(words[at:])
    out = [last, last[0].upper() + last[1:]]
    if re.match("(al|el)-", last):
        out += [last[3:], last[0].upper() + last[1:]]
    return [w for w in out if len(w) > 2]


def key(text):
    """As knowledge::fold compares names."""
    return plain(text).replace("-", " ").replace("’", "'")


def main():
    known = reign(sys.argv[1])
    outputs, seen, failed, settings = {}, {}, [], {"surnames": set(), "family-first": set(), "common": set(), "distinct": set()}
    for source in sorted((HERE / "holders").glob("*.txt")):
        rows = None
        for number, line in enumerate(source.read_text().splitlines(), 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            where = f"{source.name}:{number}"
            if line.startswith("!"):
                word, *values = line[1:].split()
                if word == "source":
                    rows = outputs.setdefault(values[0], [])
                else:
                    settings[word] = set(values) if word in ("surnames", "family-first") else settings[word] | set(values)
                continue
            head, _, tail = line.partition(": ")
            iso3, office = head.split(" ", 1)
            sector = "GOV"
            if match := re.search(r" \[([A-Z]{3})\]$", office):
                sector, office = match[1], office[: match.start()]
            chain, before = [], ""
            shared, office = office.endswith("*"), office.removesuffix("*")
            for entry in filter(None, (e.strip() for e in tail.split(";"))):
                match = re.fullmatch(r"(.*?)(?: (\d{8})(?:>(\d{8}))?)?(?:>(\d{8}))?", entry)
                names, start, end = match[1], match[2], match[3] or match[4]
                acting = names.endswith(" (acting)")
                names = names.removesuffix(" (acting)").split("|")
                if start:
                    start = iso(start)
                else:
                    words = [folded(w) for w in re.split("[ -]", names[0]) if len(w) > 2 and not ROMAN.match(w)]
                    last = folded(names[0].split()[0 if iso3 in settings["family-first"] else -1])
                    found = [s for n, s in known.get(iso3, []) if s > before and any(w in n for w in words[-2:] + [last])]
                    if not found:
                        failed.append(f"{where}: no start of {names[0]}")
                        continue
                    start = found[0]
                if start <= before and not shared:
                    failed.append(f"{where}: {names[0]} begins {start}, before {before}")
                before = start
                chain.append([names, acting, start, end and iso(end)])
            for this, after in [] if shared else zip(chain, chain[1:]):
                if this[3] and this[3] > after[2]:
                    failed.append(f"{where}: {this[0][0]} ends after the next begins")
                this[3] = this[3] or after[2]
            for names, acting, start, end in chain:
                name = names[0]
                if name == "-":
                    continue
                aliases = [s for n in names for s in spellings(n)] + names[1:]
                for alone in surname(name, iso3 in settings["family-first"]):
                    bare = plain(alone).removeprefix("al-").removeprefix("el-")
                    listed = iso3 in settings["surnames"] and bare not in settings["common"] and (len(bare) > 3 or iso3 in settings["family-first"])
                    if listed or bare in settings["distinct"]:
                        aliases.append(alone)
                keys, kept = {key(name)}, []
                for alias in aliases:
                    if key(alias) not in keys:
                        keys.add(key(alias))
                        kept.append(plain(alias))
                if plain(name) != name:
                    kept.insert(0, plain(name))
                rows.append([name, "|".join(dict.fromkeys(kept)), ("acting " if acting else "") + office, iso3, sector, start, end or ""])
    for message in failed:
        print(message, file=sys.stderr)
    for file, rows in outputs.items():
        text = "name\taliases\toffice\tiso3\tsector\tfrom\tuntil\n" + "".join("\t".join(r) + "\n" for r in rows)
        (HERE.parent / file).write_text(text)
        print(f"{file}: {len(rows)} terms, {len({r[0] for r in rows})} people, {len({(r[2], r[3]) for r in rows})} offices, {len({r[3] for r in rows})} states")
    sys.exit(bool(failed))


main()
