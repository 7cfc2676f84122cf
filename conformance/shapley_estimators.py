"""Reference values for the Shapley estimators beyond permutations, from NumPy, shap and shapiq.

Writes core/src/test/resources/dev/auscult/shapley/estimators.json, on the game of shap.json (run
shapley_orders.py first; 9 players: the same game without its last player):
  random      RandomState.choice and permutation for several seeds
  kernel      shap's KernelExplainer without regularisation, for several seeds and numbers of samples
  partition   shap's PartitionExplainer on given hierarchies, budgets and batch sizes
  shapley, interactions   shapiq's exact Shapley values and pairwise Shapley interaction indices
  kernel_full shapiq's KernelSHAP with a budget of all coalitions

Run: python conformance/shapley_estimators.py
"""

import json
import pathlib
from importlib.metadata import version

import numpy as np
import shap
import shapiq

FOLDER = pathlib.Path(__file__).parents[1] / "core/src/test/resources/dev/auscult/shapley"
TABLE = np.array(json.loads((FOLDER / "shap.json").read_text())["game"])


def score(rows):
    rows = np.asarray(rows)
    return TABLE[(rows.astype(int) * (1 << np.arange(rows.shape[1]))).sum(axis=1)]


def random(seed):
    weights = np.array([0.1, 0.4, 0.2, 0.05, 0.25])
    np.random.seed(seed)
    chosen = np.random.choice(len(weights), 12, p=weights).tolist()
    return {"seed": seed, "weights": weights.tolist(), "choice": chosen, "permutation": np.random.permutation(11).tolist()}


def kernel(players, samples, seed):
    np.random.seed(seed)
    explainer = shap.KernelExplainer(score, np.zeros((1, players)))
    values = explainer.shap_values(np.ones((1, players)), nsamples=samples, l1_reg=False, silent=True)
    return {"players": players, "samples": samples, "seed": seed, "values": np.asarray(values)[0].tolist()}


class TreeMasker:
    """Hides players by zeros and knows which belong together."""

    def __init__(self, merges):
        self.players = len(merges) + 1
        self.shape = (1, self.players)
        sizes = [1] * self.players
        rows = []
        for left, right in merges:
            sizes.append(sizes[left] + sizes[right])
            rows.append([left, right, float(len(rows) + 1), sizes[-1]])
        self.clustering = np.array(rows)

    def __call__(self, mask, x):
        return (np.where(mask, x, 0).reshape(1, -1),)


def partition(merges, evaluations, batch):
    masker = TreeMasker(merges)
    explainer = shap.explainers.Partition(score, masker)
    explanation = explainer(np.ones((1, masker.players)), max_evals=evaluations, batch_size=batch, silent=True)
    return {"merges": merges, "evaluations": evaluations, "batch": batch, "values": explanation.values[0].tolist()}


BALANCED = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11], [12, 13], [15, 16], [17, 14]]
CHAIN = [[3, 7], [10, 1], [11, 0], [12, 9], [13, 2], [14, 8], [15, 4], [16, 6], [17, 5]]


class Tabulated(shapiq.Game):
    def __init__(self):
        super().__init__(10, normalize=False)

    def value_function(self, coalitions):
        return score(coalitions)


def main():
    computer = shapiq.ExactComputer(Tabulated(), n_players=10)
    shapley = computer(index="SV", order=1)
    pairs = computer(index="SII", order=2)
    full = shapiq.KernelSHAP(n=10, random_state=0).approximate(budget=2**10, game=Tabulated())
    fixture = {
        "shap": shap.__version__,
        "numpy": np.__version__,
        "shapiq": version("shapiq"),
        "random": [random(seed) for seed in (0, 5, 2**31 + 9)],
        "kernel": [
            kernel(players, samples, seed)
            for players, samples, seed in [
                (10, 24, 3), (10, 60, 0), (10, 150, 1), (10, 151, 1), (10, 400, 7), (10, 1022, 0), (10, 4000, 0),
                (9, 25, 2), (9, 120, 4), (9, 510, 0), (2, 50, 0), (3, 50, 0), (4, 8, 1),
            ]
        ],
        "partition": [
            partition(merges, evaluations, batch)
            for merges in (BALANCED, CHAIN)
            for evaluations, batch in [(10_000, 10), (12, 2), (30, 2), (42, 10), (64, 6)]
        ],
        "shapley": [float(shapley[(i,)]) for i in range(10)],
        "kernel_full": [float(full[(i,)]) for i in range(10)],
        "interactions": [[0.0 if i == j else float(pairs[tuple(sorted((i, j)))]) for j in range(10)] for i in range(10)],
    }
    (FOLDER / "estimators.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
