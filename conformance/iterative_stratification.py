"""How well a reference implementation of iterative stratification keeps labels in proportion.

iterative-stratification's MultilabelStratifiedShuffleSplit deals 400 samples with one or two of
twelve labels, as unbalanced as PadChest-GR's, in two subsets of given shares with 200 seeds. Both
deal ties at random, so their subsets differ; what must agree is how far label shares are off: LD,
the label distribution, and ED, the examples distribution, of Sechidis et al. 2011, section 4.2.

Output: core/src/test/resources/dev/auscult/data/iterative-stratification.json
"""

import json
from pathlib import Path

import numpy as np
from iterstrat.ml_stratifiers import MultilabelStratifiedShuffleSplit

COUNTS = [25, 17, 17, 437, 13, 13, 53, 40, 80, 76, 54, 57]
OUT = Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/data"


def matrix(n, rng):
    shares = np.array(COUNTS) / sum(COUNTS)
    labels = np.zeros((n, len(COUNTS)), dtype=int)
    for row in labels:
        row[rng.choice(len(COUNTS), p=shares)] = 1
        if rng.random() < 0.18:
            row[rng.choice(len(COUNTS), p=shares)] = 1
    return labels


def label_distribution(labels, subsets):
    whole = labels.sum(0) / (len(labels) - labels.sum(0))
    off = []
    for subset in subsets:
        positive = labels[subset].sum(0)
        off.append(np.abs(positive / (len(subset) - positive) - whole))
    return float(np.mean(off))


def examples_distribution(labels, subsets, shares):
    return float(np.mean([abs(len(s) - share * len(labels)) for s, share in zip(subsets, shares)]))


if __name__ == "__main__":
    labels = matrix(400, np.random.default_rng(0))
    found = []
    for share in (0.05, 0.1, 0.25, 0.5):
        ld, ed = [], []
        for seed in range(200):
            split = MultilabelStratifiedShuffleSplit(
                n_splits=1, train_size=share, test_size=1 - share, random_state=seed
            )
            first, second = next(split.split(labels, labels))
            ld.append(label_distribution(labels, (first, second)))
            ed.append(examples_distribution(labels, (first, second), (share, 1 - share)))
        found.append({"share": share, "ld": np.mean(ld), "ld_sd": np.std(ld, ddof=1), "ed": np.mean(ed)})
    rows = [[int(i) for i in np.flatnonzero(row)] for row in labels]
    text = json.dumps({"labels": rows, "reference": found})
    (OUT / "iterative-stratification.json").write_text(text + "\n")
    print(json.dumps(found, indent=1))
