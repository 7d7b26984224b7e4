"""Checks of the parts that are easily got wrong: scripts, shapes, splitting, partial labels, name decoding, int8. No data needed."""
import unittest

import numpy as np
import torch

from evaluate import spans, viterbi
from export import quantise
from names import ALL, NER, corpus_masks, kinds_mask, marked_masks, runs, tree_masks
from words import apply_script, lemma_script, shape_id, split_text


def row(index, form, upos, xpos, head, deprel):
    return [str(index), form, form, upos, xpos, "_", str(head), deprel, "_", "_"]


class Words(unittest.TestCase):
    def test_scripts_give_back_the_lemma(self):
        for form, lemma in (("Running", "run"), ("was", "be"), ("Americans", "American"), ("NATO", "NATO"), ("children", "child"), ("'s", "'s")):
            self.assertEqual(apply_script(form, lemma_script(form, lemma)), lemma)
        self.assertEqual(apply_script("a", "l|0|3|x"), "a")

    def test_shapes(self):
        self.assertEqual([shape_id(w) for w in ("", "12", "%", "b2", "B2", "the", "A", "UN", "NATOS", "Syria", "U.S", "al-Q", "McX")],
                         [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 8, 12, 12])

    def test_splits_as_the_treebanks_do(self):
        text = "Mr. Smith didn't say. \"No,\" Ann's aide said.\nA well-known U.S. plan"
        got = [[text[s:e] for s, e in sentence] for sentence in split_text(text)]
        self.assertEqual(got[0], ["Mr.", "Smith", "did", "n't", "say", "."])
        self.assertEqual(got[1], ['"', "No", ",", '"', "Ann", "'s", "aide", "said", "."])
        self.assertEqual(got[2], ["A", "well", "-", "known", "U.S.", "plan"])


class Names(unittest.TestCase):
    def test_a_corpus_without_groups_leaves_its_capitals_open(self):
        masks = corpus_masks(["Bob", "met", "Acme"], ["B-PER", "O", "O"], "btc-train")
        self.assertEqual(masks[0], kinds_mask("person", "B"))
        self.assertEqual(masks[1], 1)
        self.assertTrue(masks[2] & 1 and masks[2] & kinds_mask("thing", "B") and not masks[2] & kinds_mask("person", "B"))

    def test_articles_titles_and_descriptions_stay_outside(self):
        masks = corpus_masks(["The", "Hague", "told", "President", "Assad"], ["B-Location", "I-Location", "O", "B-Person", "I-Person"], "re3d-train")
        self.assertEqual([masks[0], masks[1], masks[3], masks[4]], [1, kinds_mask("place", "B"), 1, kinds_mask("person", "B")])
        self.assertEqual(corpus_masks(["a", "mortar", "fell"], ["B-Weapon", "I-Weapon", "O"], "re3d-train"), [1, 1, 1])

    def test_demonyms_are_groups(self):
        self.assertEqual(corpus_masks(["an", "American", "plan"], ["O", "B-LOC", "O"], "btc-train")[1], kinds_mask("group", "B"))

    def test_a_tree_joins_the_words_of_a_name(self):
        rows = [row(1, "President", "PROPN", "NNP", 2, "nmod:desc"), row(2, "Ann", "PROPN", "NNP", 4, "nsubj"),
                row(3, "Lee", "PROPN", "NNP", 2, "flat"), row(4, "spoke", "VERB", "VBD", 0, "root")]
        self.assertEqual(runs(rows), [(0, 0), (1, 2)])
        masks = tree_masks(rows)
        self.assertEqual((masks[0], masks[1], masks[3]), (1, ALL, 1))
        self.assertFalse(masks[2] & kinds_mask("person", "B"))

    def test_marked_names_leave_nothing_open(self):
        masks = marked_masks(["Ann", "Lee", "left", "Rome"], [(0, 1, "person"), (3, 3, "place")])
        self.assertEqual(masks, [kinds_mask("person", "B"), kinds_mask("person", "I"), 1, kinds_mask("place", "B")])

    def test_viterbi_keeps_names_whole(self):
        scores = np.full((2, len(NER)), -5.0)
        scores[0, NER.index("B-person")] = 1
        scores[1, NER.index("I-place")] = 1
        scores[1, NER.index("I-person")] = 0.5
        self.assertEqual(viterbi(scores), ["B-person", "I-person"])
        self.assertEqual(spans(["B-person", "I-person", "O", "B-place"]), {(0, 2, "person"), (3, 4, "place")})


class Export(unittest.TestCase):
    def test_int8_is_within_half_a_step(self):
        weight = torch.randn(5, 7)
        q, scale = quantise(weight)
        self.assertEqual(q.dtype, torch.int8)
        self.assertTrue(((q * scale[:, None] - weight).abs() <= scale[:, None] / 2 + 1e-6).all())


if __name__ == "__main__":
    unittest.main()
