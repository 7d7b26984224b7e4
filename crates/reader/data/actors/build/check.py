#!/usr/bin/env python3
"""Compares the tables of holders with REIGN and with the Phoenix dictionaries; prints what differs, for a person to judge.

    python3 crates/reader/data/actors/build/check.py shared/data/actors

REIGN: every effective leader from 1990 should be a holder of leaders.tsv whose term begins within DAYS of REIGN's start.
Phoenix: the dated `GOV` role of a person of that name in the state should begin within DAYS of one of our terms.
"""
import csv
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
DAYS = 45
REIGN_STATES = dict(pair.split(":") for pair in (HERE / "reign_states.txt").read_text().split())


def words(text):
    text = text.translate(str.maketrans("łđøıæəð", "ldoiaed"))
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return [w for w in re.split("[^a-z]+", text) if len(w) > 2]


def holders(*files):
    out = []
    for file in files:
        for line in (HERE.parent / file).read_text().splitlines()[1:]:
            name, aliases, office, iso3, _, start, end = line.split("\t")
            out.append((iso3, [n for n in [name, *aliases.split("|")] if n], office, date.fromisoformat(start), date.fromisoformat(end) if end else date.max))
    return out


def reign(folder, ours):
    for row in csv.DictReader(open(folder / "reign-leaders-to-2021-03.csv", encoding="latin1")):
        iso3 = REIGN_STATES.get(row["stateabb"])
        if not iso3 or iso3 == "SMR" or not row["syear"] or (row["eyear"] or "2021") < "1990":
            continue
        start = date(int(row["syear"]), int(row["smonth"]), int(row["sdate"]))
        like = set(words(row["leader"]))
        same = [h for h in ours if h[0] == iso3 and any(like & set(words(n)) for n in h[1])]
        near = min((abs((h[3] - start).days) for h in same), default=None)
        if near is None or near > DAYS and start.year >= 1990:
            yield f"{iso3} {row['leader']} {start}: " + ("nobody" if near is None else ", ".join(f"{h[2]} {h[3]}" for h in same[:4]))


def phoenix(folder, ours):
    name = None
    for line in open(folder / "Phoenix.Countries.actors.txt", encoding="latin1"):
        if re.match("[A-Z]", line):
            name = line.split(";")[0].split("#")[0].strip().strip("_").replace("_", " ")
        for iso3, start in re.findall(r"\[([A-Z]{3})GOV (\d{6})-", line):
            year = int(start[:2])
            start = (2000 + year if year < 30 else 1900 + year, int(start[2:4]), int(start[4:6]))
            like = frozenset(words(name))
            if start[0] < 1990 or start > (2014, 1, 1):
                continue
            try:
                day = date(*start)
            except ValueError:
                continue
            same = [h for h in ours if h[0] == iso3 and any(like == set(words(n)) for n in h[1])]
            if same and min(abs((h[3] - day).days) for h in same) > DAYS:
                yield f"{iso3} {name} {day}: " + ", ".join(f"{h[2]} {h[3]}" for h in same[:6])


folder = Path(sys.argv[1])
print("REIGN", *reign(folder, holders("leaders.tsv")), sep="\n  ")
print("Phoenix", *phoenix(folder, holders("leaders.tsv", "ministers.tsv", "officials.tsv")), sep="\n  ")
