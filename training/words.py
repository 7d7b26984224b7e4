"""Words for the encoder: pieces, casing shapes, lemma scripts, and a plain splitter for texts that come without words.

The Rust analyser (crates/language) repeats `pieces`, `shape_id` and `apply_script` exactly; change both or neither.
"""
import re
import tomllib
from pathlib import Path

from tokenizers import Tokenizer

SHAPES = 13


def shape_id(word: str) -> int:
    """Casing class of a word; the encoder itself is uncased. 0 is kept for [CLS] and [SEP]."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not word:
        return 1
    if not letters:
        return 2 if digits else 3
    upper = sum(c.isupper() for c in letters)
    if digits:
        return 4 if upper == 0 else 5
    if upper == 0:
        return 6
    if upper == len(letters):
        return 7 if len(letters) == 1 else (8 if len(letters) <= 4 else 9)
    if letters[0].isupper() and upper == 1:
        return 10 if len(letters) == len(word) else 11
    return 12


class Pieces:
    """WordPiece ids of a list of words."""

    def __init__(self, model_dir: str):
        self.tokenizer = Tokenizer.from_file(f"{model_dir}/tokenizer.json")
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def encode(self, words: list[str]) -> dict:
        """-> {ids, shapes, first}: pieces with [CLS] and [SEP], the shape of each, the first piece of each word."""
        encoded = self.tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        by_word: dict[int, list[int]] = {}
        for piece, word in zip(encoded.ids, encoded.word_ids):
            by_word.setdefault(word, []).append(piece)
        ids, shapes, first = [101], [0], []
        for i, word in enumerate(words):
            own = by_word.get(i) or [100]
            first.append(len(ids))
            ids += own
            shapes += [shape_id(word)] * len(own)
        return {"ids": ids + [102], "shapes": shapes + [0], "first": first}


def lemma_script(form: str, lemma: str) -> str:
    """The edit that makes the lemma of the form: `keep|cut_start|cut_end|add`, or `=|word` for irregular ones."""
    for keep, base in (("l", form.lower()), ("k", form)):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common == len(lemma) or (common >= 1 and len(lemma) - common <= 3 and len(base) - common <= 4):
            return f"{keep}|0|{len(base) - common}|{lemma[common:]}"
    return f"=|{lemma}"


def apply_script(form: str, script: str) -> str:
    """The lemma that the script makes of the form; the form itself where the script cuts more than there is."""
    if script.startswith("=|"):
        return script[2:]
    keep, start, end, add = script.split("|", 3)
    base = form.lower() if keep == "l" else form
    if int(start) + int(end) > len(base):
        return base
    return base[int(start):len(base) - int(end)] + add


ABBREVIATIONS = tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))["abbreviations"].split()
WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\b(?:" + "|".join(ABBREVIATIONS) + r")\.|\b[A-Z]\.(?=\s[A-Z])|\d+(?:[.,:]\d+)*"
    r"|\w+?(?=n[’']t\b)|n[’']t\b|[’'](?:s|re|ve|d|ll|m)\b|\w+|\.\.\.|--|[^\w\s]"
)
CLOSERS = set("\"'”’)]")


def split_text(text: str) -> list[list[tuple[int, int]]]:
    """Sentences of words as (start, end): a rough stand-in for the analyser's own segmenter, for training texts only."""
    sentences: list[list[tuple[int, int]]] = []
    for line in re.finditer(r"[^\n]+", text):
        current: list[tuple[int, int]] = []
        matches = list(WORD.finditer(text, line.start(), line.end()))
        for i, match in enumerate(matches):
            current.append(match.span())
            following = matches[i + 1] if i + 1 < len(matches) else None
            ended = match.group() in ".!?" or (match.group() in CLOSERS and i and matches[i - 1].group() in ".!?")
            if following is None or (ended and following.start() > match.end() and (
                following.group()[0].isupper() or following.group() in "\"“‘'([" or following.group()[0].isdigit()
            )):
                sentences.append(current)
                current = []
    return [s for s in sentences if s]
