"""Reference values for evaluation metrics from scikit-learn, torchmetrics, SciPy and statsmodels.

Writes core/src/test/resources/dev/auscult/metric/evaluation-metrics.json: binary scores (random,
with ties, constant, of few observations, saturated), calls of several classes (random, classes
absent from truth or calls), two scores of the same observations for DeLong's test, and
temperatures of the greatest likelihood. Every figure is as the reference gives it; one that the
reference refuses or warns about is null.

Run: python conformance/evaluation_metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
import torch
import torchmetrics
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from scipy.stats import norm
from sklearn import metrics
from sklearn.calibration import calibration_curve
from statsmodels.stats.contingency_tables import mcnemar
from torchmetrics.functional.classification import binary_calibration_error

warnings.filterwarnings("ignore")

TARGET = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/metric/evaluation-metrics.json"
)


def sensitivity_at_95_specificity(y, score):
    fpr, tpr, _ = metrics.roc_curve(y, score, drop_intermediate=False)
    return float(tpr[fpr <= 0.05].max())


def torch_ece(y, score, norm_, bins):
    # The boundaries of torchmetrics are float32 whatever the scores are.
    return float(
        binary_calibration_error(
            torch.tensor(score, dtype=torch.float64),
            torch.tensor(y),
            n_bins=bins,
            norm=norm_,
        )
    )


def binary(name, y, score, bins=10):
    y = np.asarray(y)
    score = np.asarray(score, dtype=np.float64)
    both = 0 < y.sum() < len(y)
    called = (score >= 0.5).astype(int)
    true, predicted = calibration_curve(y, score, n_bins=bins)
    return {
        "name": name,
        "y": y.tolist(),
        "score": score.tolist(),
        "bins": bins,
        "auroc": float(metrics.roc_auc_score(y, score)) if both else None,
        "auprc": float(metrics.average_precision_score(y, score)) if both else None,
        "sensitivity_at_95_specificity": sensitivity_at_95_specificity(y, score) if both else None,
        "brier": float(metrics.brier_score_loss(y, score)),
        "ece": torch_ece(y, score, "l1", bins),
        "rms": torch_ece(y, score, "l2", bins),
        "max": torch_ece(y, score, "max", bins),
        "ece_unweighted": float(np.abs(true - predicted).mean()),
        "accuracy": float(metrics.accuracy_score(y, called)),
        "macro_f1": float(metrics.f1_score(y, called, average="macro")),
        "roc": roc(y, score) if both else None,
    }


def roc(y, score):
    fpr, tpr, threshold = metrics.roc_curve(y, score, drop_intermediate=False)
    return {"fpr": fpr[1:].tolist(), "tpr": tpr[1:].tolist(), "threshold": threshold[1:].tolist()}


def calls(name, y, called, classes):
    labels = list(range(classes))
    present = sorted({int(label) for label in [*y, *called]})
    return {
        "name": name,
        "y": list(map(int, y)),
        "called": list(map(int, called)),
        "classes": classes,
        "confusion": metrics.confusion_matrix(y, called, labels=labels).tolist(),
        "accuracy": float(metrics.accuracy_score(y, called)),
        "balanced_accuracy": float(metrics.balanced_accuracy_score(y, called)),
        "macro_recall": float(metrics.recall_score(y, called, average="macro", zero_division=0)),
        "macro_precision": float(
            metrics.precision_score(y, called, average="macro", zero_division=0)
        ),
        "macro_f1": float(metrics.f1_score(y, called, average="macro", zero_division=0)),
        "present": present,
        "f1": metrics.f1_score(y, called, average=None, labels=present).tolist(),
        "precision": metrics.precision_score(y, called, average=None, labels=present).tolist(),
        "recall": metrics.recall_score(y, called, average=None, labels=present).tolist(),
    }


def placements(y, score):
    positives, negatives = score[y == 1], score[y == 0]
    wins = (positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives)
    return wins.mean(axis=1), wins.mean(axis=0)


def delong(name, y, first, second):
    """By the definition: the covariance of placements over all pairs."""
    y, first, second = np.asarray(y), np.asarray(first), np.asarray(second)
    a10, a01 = placements(y, first)
    b10, b01 = placements(y, second)
    covariance = np.cov(a10, b10) / len(a10) + np.cov(a01, b01) / len(a01)
    off = a10.mean() - b10.mean()
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = off / np.sqrt(variance)
    return {
        "name": name,
        "y": y.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "auroc": [
            float(metrics.roc_auc_score(y, first)),
            float(metrics.roc_auc_score(y, second)),
        ],
        "variance": covariance.diagonal().tolist(),
        "z": float(z),
        "p": float(2 * norm.sf(abs(z))),
    }


def temperature(name, logits, y):
    def loss(log_inverse):
        return -log_softmax(np.exp(log_inverse) * logits, axis=1)[np.arange(len(y)), y].mean()

    found = minimize_scalar(loss, bounds=(-8, 8), method="bounded", options={"xatol": 1e-10})
    return {
        "name": name,
        "logits": logits.tolist(),
        "y": y.tolist(),
        "temperature": float(np.exp(-found.x)),
    }


def main():
    draw = np.random.RandomState(5)
    y = draw.binomial(1, 0.3, 200)
    smooth = 1 / (1 + np.exp(-(1.2 * y - 0.8 + draw.standard_normal(200))))
    binaries = [
        binary("four of the specification", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
        binary("ties of the specification", [0, 1, 0, 1], [0.5, 0.5, 0.2, 0.9], bins=2),
        binary("calibration of the specification", [0, 0, 1, 1, 1], [0.25, 0.25, 0.55, 0.75, 0.75], 2),
        binary("random", y, smooth),
        binary("random in 15 bins", y, smooth, bins=15),
        binary("ties", y, np.round(smooth, 1) * 0.98 + 0.011),
        binary("few positives", (np.arange(60) % 20 == 0).astype(int), smooth[:60]),
        binary("constant", [0, 1, 1, 0, 1], [0.3] * 5),
        binary("saturated", [0, 1, 1, 0, 1, 0], [0.0, 1.0, 1.0, 1.0, 0.9, 0.05], bins=4),
        binary("parted", [0, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7]),
        binary("reversed", [1, 1, 1, 0, 0], [0.1, 0.2, 0.3, 0.6, 0.7]),
        binary("one class", [1, 1, 1], [0.2, 0.6, 0.7]),
        binary("the other class", [0, 0, 0], [0.2, 0.6, 0.7]),
        binary("two", [0, 1], [0.6, 0.4]),
    ]
    five = draw.randint(0, 5, 150)
    called = np.where(draw.uniform(size=150) < 0.6, five, draw.randint(0, 5, 150))
    multiples = [
        calls("specification", [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], 3),
        calls("random", five, called, 5),
        calls("absent from the truth", [0, 0, 1, 1], [0, 2, 1, 1], 4),
        calls("never called", [0, 1, 2, 2], [0, 0, 2, 2], 3),
        calls("single class", [1, 1, 1], [1, 1, 1], 3),
        calls("all wrong", [0, 1], [1, 0], 2),
        calls("one observation", [2], [0], 3),
    ]
    parts = draw.binomial(1, 0.4, 120)
    first = parts + draw.standard_normal(120)
    comparisons = [
        delong(
            "specification",
            [0] * 5 + [1] * 5,
            [0.1, 0.2, 0.3, 0.6, 0.4, 0.35, 0.5, 0.7, 0.8, 0.9],
            [0.3, 0.1, 0.5, 0.4, 0.6, 0.2, 0.45, 0.55, 0.7, 0.65],
        ),
        delong("correlated", parts, first, first + 0.7 * draw.standard_normal(120)),
        delong("ties", parts, np.round(first), np.round(first + draw.standard_normal(120))),
    ]
    truth = draw.randint(0, 4, 300)
    logits = 3 * (2 * np.eye(4)[truth] + 1.5 * draw.standard_normal((300, 4)))
    temperatures = [
        temperature("overconfident", np.round(logits, 4), truth),
        temperature("underconfident", np.round(logits / 20, 4), truth),
    ]
    parted = [(0, 0), (1, 0), (5, 5), (12, 3), (40, 22), (300, 371)]
    TARGET.write_text(
        json.dumps(
            {
                "versions": {
                    "scikit-learn": sklearn.__version__,
                    "torchmetrics": torchmetrics.__version__,
                    "scipy": scipy.__version__,
                    "statsmodels": statsmodels.__version__,
                },
                "binary": binaries,
                "calls": multiples,
                "delong": comparisons,
                "temperature": temperatures,
                "mcnemar": [
                    {
                        "only_first": b,
                        "only_second": c,
                        "p": float(mcnemar([[7, b], [c, 9]], exact=True).pvalue),
                    }
                    for b, c in parted
                ],
            }
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
