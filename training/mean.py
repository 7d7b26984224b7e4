"""The mean of several checkpoints' weights: python mean.py CACHE OUT CHECKPOINT…

Runs that start from one model and learn in slightly different ways lie close enough that the mean of their weights is a model too, and
one that reads unseen text better than each of them (Wortsman et al. 2022, "Model soups"). The lower layers, which all share, stay what they are.
"""
import pickle
import sys

import torch

from model import load


def main():
    cache, out, *paths = sys.argv[1:]
    with open(cache, "rb") as file:
        labels = pickle.load(file)["labels"]
    states = [load(path, labels, "events").state_dict() for path in paths]
    torch.save({name: sum(s[name] for s in states) / len(states) for name in states[0]}, out)


if __name__ == "__main__":
    main()
