"""Reference values for the Shapley estimators, from NumPy and shap.

Writes core/src/test/resources/dev/auscult/shapley/shap.json:
  orders   successive np.random.shuffle results of one index array for several sizes and seeds
           (shap's PermutationExplainer draws its permutations so)
  game     the value of every coalition of a game of 10 players, lowest bit player 0
  exact    shap's ExactExplainer on that game
  permutation  shap's PermutationExplainer for several seeds and numbers of permutations

Run: python conformance/shapley_orders.py
"""

import json
import pathlib

import numpy as np
import shap

PLAYERS = 10
TARGET = pathlib.Path(__file__).parents[1] / "core/src/test/resources/dev/auscult/shapley/shap.json"


def orders(players, seed, count):
    np.random.seed(seed)
    indices = np.arange(players)
    drawn = []
    for _ in range(count):
        np.random.shuffle(indices)
        drawn.append(indices.tolist())
    return {"players": players, "seed": seed, "orders": drawn}


def game():
    """Values of a score with main effects, products and saturation, rounded so that they print short."""
    random = np.random.RandomState(20260101)
    main = random.normal(size=PLAYERS)
    pairs = np.triu(random.normal(scale=0.4, size=(PLAYERS, PLAYERS)), 1)
    coalitions = (np.arange(2**PLAYERS)[:, None] >> np.arange(PLAYERS)) & 1
    raw = coalitions @ main + np.einsum("ci,ij,cj->c", coalitions, pairs, coalitions)
    return np.round(3 * np.tanh(raw / 2), 6)


def main():
    table = game()
    bits = 1 << np.arange(PLAYERS)

    def score(rows):
        return table[(rows.astype(int) * bits).sum(axis=1)]

    nobody, everybody = np.zeros((1, PLAYERS)), np.ones((1, PLAYERS))
    masker = shap.maskers.Independent(nobody)
    exact = shap.explainers.Exact(score, masker)(everybody)
    permutation = []
    for seed, count in [(0, 1), (0, 3), (7, 10), (20260101, 2)]:
        explainer = shap.explainers.Permutation(score, masker, seed=seed)
        explanation = explainer(everybody, max_evals=count * (2 * PLAYERS + 1), silent=True)
        permutation.append(
            {"seed": seed, "permutations": count, "values": explanation.values[0].tolist()}
        )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    fixture = {
        "shap": shap.__version__,
        "numpy": np.__version__,
        "orders": [orders(n, seed, 4) for n, seed in [(12, 0), (1, 0), (2, 5), (57, 42), (300, 2**31 + 9)]],
        "game": table.tolist(),
        "exact": exact.values[0].tolist(),
        "permutation": permutation,
    }
    TARGET.write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
