"""Which common nouns speak of people, bodies and places: counts of GUM's mentions by the lemma of their head.

    python3 training/nouns.py ../shared/data/ud/en_gum-train.conllu > crates/reader/data/entities/nouns.tsv

A noun is written down where it heads at least LEAST mentions and SHARE of them are of one type of person, organization, place.
"""
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "eval"))
import coref  # noqa: E402

LEAST, SHARE = 3, 0.8


def main():
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    lemmas = [c[2] for c in (line.split("\t") for line in text.splitlines()) if len(c) == 10 and c[0].isdigit()]
    counts, base = defaultdict(Counter), 0
    for doc in coref.documents(text):
        for first, last, _, kind in doc.mentions:
            head = coref.head_of(doc, first, last)
            if doc.words[head][1] == "NOUN":
                counts[lemmas[base + head].lower()][kind] += 1
        base += len(doc.words)
    print("lemma\tkind\tmentions\tshare")
    for lemma, types in sorted(counts.items()):
        (kind, n), total = types.most_common(1)[0], sum(types.values())
        if kind in coref.TYPES and total >= LEAST and n >= SHARE * total and lemma.isalpha():
            print(f"{lemma}\t{kind}\t{total}\t{n / total:.2f}")


if __name__ == "__main__":
    main()
