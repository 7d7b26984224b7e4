"""PolNeAR's attributions, sentence by sentence: cue tags and, for each cue, the words of its source and content."""
import json
import re
from pathlib import Path

from words import split_text

CUE = ["O", "B", "I"]


def brat(text: str) -> list[dict]:
    """-> [{source, cue, content}], each a list of (start, end), of one brat file."""
    spans, out = {}, []
    lines = [line.split("\t") for line in text.splitlines()]
    for columns in lines:
        if columns[0].startswith("T") and len(columns) >= 2:
            spans[columns[0]] = [tuple(map(int, x.split())) for x in columns[1].split(" ", 1)[1].split(";")]
    for columns in lines:
        if columns[0].startswith("E"):
            found: dict[str, list] = {"source": [], "cue": [], "content": []}
            for part in columns[1].split():
                role, reference = part.split(":", 1)
                role = re.sub(r"\d+$", "", role).lower()
                if role in found and reference in spans:
                    found[role] += spans[reference]
            out.append(found)
    return out


def attribution_sentences(path: Path):
    """Yields (words, cue tags, [(cue word or -1, source words, content words)]); -1: the cue is elsewhere, or there is none."""
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        text = article["text"]
        attributions = [a for b in article["brat"] for a in brat(b) if a["content"]]
        for sentence in split_text(text):
            def inside(spans):
                return [i for i, (s, e) in enumerate(sentence) if any(s < b and a < e for a, b in spans)]

            tags, links = [0] * len(sentence), []
            for a in attributions:
                content, source, cue = inside(a["content"]), inside(a["source"]), inside(a["cue"])
                if cue:
                    run = [cue[0]]
                    while run[-1] + 1 in cue:
                        run.append(run[-1] + 1)
                    for k, w in enumerate(run):
                        tags[w] = 1 if k == 0 else (tags[w] or 2)
                    links.append((cue[0], source, content))
                elif content:
                    links.append((-1, source, content))
            yield [text[s:e] for s, e in sentence], tags, links
