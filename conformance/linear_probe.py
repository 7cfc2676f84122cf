"""Writes core/src/test/resources/dev/auscult/adapt/linear_probe.json.

scikit-learn's LogisticRegression on small random problems: several exclusive classes, two, and
labels that do not exclude each other, each plain and with class_weight="balanced", at three C. The
file holds inputs and labels, and the coefficients, intercepts and probabilities found.

    python conformance/linear_probe.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

OUT = Path(__file__).resolve().parent.parent / "core/src/test/resources/dev/auscult/adapt"
STRENGTHS = [0.1, 1.0, 30.0]


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def fitted(images, truth, queries, c, weight):
    model = LogisticRegression(C=c, class_weight=weight, tol=1e-10, max_iter=10_000)
    model.fit(images.astype(np.float64), truth)
    return model, model.predict_proba(queries.astype(np.float64))


def exclusive(rng, classes):
    centres = rng.normal(size=(classes, 6))
    truth = np.concatenate([np.full(4 + 9 * c, c) for c in range(classes)])
    images = unit(centres[truth] + rng.normal(size=(len(truth), 6)))
    queries = unit(rng.normal(size=(12, 6)))
    fits = []
    for weight in (None, "balanced"):
        for c in STRENGTHS:
            model, found = fitted(images, truth, queries, c, weight)
            fits.append({"C": c, "balanced": weight is not None, "coef": model.coef_.tolist(),
                         "intercept": model.intercept_.tolist(), "probabilities": found.tolist()})
    return {"classes": classes, "images": images.tolist(), "labels": [[int(t)] for t in truth],
            "queries": queries.tolist(), "fits": fits}


def several(rng, classes):
    images = unit(rng.normal(size=(40, 6)))
    truth = images @ rng.normal(size=(6, classes)) + 0.5 * rng.normal(size=(40, classes)) > 0.4
    queries = unit(rng.normal(size=(12, 6)))
    fits = []
    for weight in (None, "balanced"):
        for c in STRENGTHS:
            found = [fitted(images, truth[:, k], queries, c, weight)[1][:, 1] for k in range(classes)]
            fits.append({"C": c, "balanced": weight is not None,
                         "probabilities": np.stack(found, axis=1).tolist()})
    return {"classes": classes, "images": images.tolist(),
            "labels": [np.flatnonzero(row).tolist() for row in truth],
            "queries": queries.tolist(), "fits": fits}


def main():
    rng = np.random.default_rng(20260101)
    record = {"exclusive": exclusive(rng, 4), "two": exclusive(rng, 2), "several": several(rng, 3)}
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "linear_probe.json").write_text(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
