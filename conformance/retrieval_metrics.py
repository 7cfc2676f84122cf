"""Reference values for retrieval, from torchmetrics, and from all orders of ties written out.

Writes core/src/test/resources/dev/auscult/retrieval/retrieval-metrics.json: vectors of queries and
candidates with what answers each query (one to four candidates), and Recall@1/5/10 with any hit
(torchmetrics calls it hit rate), mean reciprocal rank and median rank. Without ties the figures are
torchmetrics' (RetrievalHitRate, RetrievalMRR, in double precision; its reciprocal rank leaves out items that score
0 or less, so scores are shifted above 0, which changes no order). With ties, which torchmetrics
breaks by position, they are the means over every placement of the relevant among the tied items.

Run: python conformance/retrieval_metrics.py
"""

import itertools
import json
import pathlib

import numpy as np
import torch
import torchmetrics
from torchmetrics.retrieval import RetrievalHitRate, RetrievalMRR

TARGET = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/retrieval/retrieval-metrics.json"
)


def relevance(draw, queries, candidates, most):
    """Candidate q (where there is one so numbered) and up to most - 1 others answer query q."""
    return [
        sorted({q % candidates, *draw.choice(candidates, draw.integers(0, most), replace=False).tolist()})
        for q in range(queries)
    ]


def by_torchmetrics(scores, relevant):
    n, m = scores.shape
    target = np.zeros((n, m), dtype=bool)
    for query, answers in enumerate(relevant):
        target[query, answers] = True
    arguments = (
        torch.tensor((scores - scores.min() + 1).ravel(), dtype=torch.float64),
        torch.tensor(target.ravel()),
        torch.arange(n).repeat_interleave(m),
    )
    figures = {}
    for k in (1, 5, 10):
        per_query = RetrievalHitRate(top_k=k, aggregation=lambda values, dim=0: values.double().mean())
        figures[f"recall_at_{k}"] = float(per_query(arguments[0], arguments[1], indexes=arguments[2]))
    reciprocal = RetrievalMRR(aggregation=lambda values, dim=0: (1 / torch.round(1 / values.double())).mean())
    figures["mrr"] = float(reciprocal(arguments[0], arguments[1], indexes=arguments[2]))
    ranks = [1 + min(np.flatnonzero(target[q][np.argsort(-scores[q])])) for q in range(n)]
    figures["median_rank"] = float(np.median(ranks))
    return figures


def first_places(scores, answers):
    """The place of the first relevant item, from 1, in every order of equal scores."""
    best = max(scores[answer] for answer in answers)
    better = int(np.sum(scores > best))
    tied = int(np.sum(scores == best))
    right = sum(scores[answer] == best for answer in answers)
    return [better + 1 + min(places) for places in itertools.combinations(range(tied), right)]


def by_all_orders(scores, relevant):
    places = [np.array(first_places(row, answers)) for row, answers in zip(scores, relevant)]
    figures = {f"recall_at_{k}": float(np.mean([np.mean(p <= k) for p in places])) for k in (1, 5, 10)}
    figures["mrr"] = float(np.mean([np.mean(1 / p) for p in places]))
    figures["median_rank"] = float(np.median([np.mean(p) for p in places]))
    return figures


def case(name, queries, candidates, relevant, reference):
    scores = queries.astype(np.float64) @ candidates.astype(np.float64).T
    if reference is by_torchmetrics:
        assert all(len(set(row)) == len(row) for row in scores), "ties"
    return {
        "name": name,
        "queries": queries.astype(float).tolist(),
        "candidates": candidates.astype(float).tolist(),
        "relevant": relevant,
        "expected": reference(scores, relevant),
    }


def main():
    draw = np.random.default_rng(4)
    others = draw.standard_normal((150, 5)).astype(np.float32)
    distinct = (others[:40] + draw.standard_normal((40, 5))).astype(np.float32)
    coarse = draw.integers(-1, 2, (30, 3))
    grid = draw.integers(-1, 2, (40, 3))
    cases = [
        case("one answer", distinct, others, relevance(draw, 40, 150, 1), by_torchmetrics),
        case("several answers", distinct, others, relevance(draw, 40, 150, 4), by_torchmetrics),
        case("few candidates", distinct, others[:4], relevance(draw, 40, 4, 2), by_torchmetrics),
        case("ties, one answer", coarse, grid, relevance(draw, 30, 40, 1), by_all_orders),
        case("ties, several answers", coarse, grid, relevance(draw, 30, 40, 4), by_all_orders),
        case("all alike", np.ones((5, 2)), np.ones((12, 2)), relevance(draw, 5, 12, 3), by_all_orders),
    ]
    versions = {"numpy": np.__version__, "torchmetrics": torchmetrics.__version__}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"versions": versions, "cases": cases}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
