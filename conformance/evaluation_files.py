"""Files of predictions with the figures that scikit-learn, torchmetrics and fairlearn give of them.

Writes core/src/test/resources/dev/auscult/evaluation/: binary.csv (patients, two attributes),
classes.csv (four classes, one never called), labels.csv (three labels), and expected.json with every
point value.

Run: python conformance/evaluation_files.py
"""

import csv
import json
import pathlib
import warnings

import numpy as np
import torch
from fairlearn.metrics import (
    MetricFrame,
    demographic_parity_difference,
    equal_opportunity_difference,
    equalized_odds_difference,
)
from sklearn import metrics
from sklearn.calibration import calibration_curve
from torchmetrics.functional.classification import (
    binary_calibration_error,
    multiclass_auroc,
    multiclass_average_precision,
    multiclass_calibration_error,
    multilabel_accuracy,
    multilabel_auroc,
)

warnings.filterwarnings("ignore")

TARGET = (
    pathlib.Path(__file__).parents[1] / "core/src/test/resources/dev/auscult/evaluation"
)
BINS = 10


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def write(name, header, rows):
    with open(TARGET / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def sensitivity(y, score):
    fpr, tpr, _ = metrics.roc_curve(y, score, drop_intermediate=False)
    return float(tpr[fpr <= 0.05].max())


def unweighted(y, score):
    true, predicted = calibration_curve(y, score, n_bins=BINS)
    return float(np.abs(true - predicted).mean())


def binary_ece(y, score):
    return float(
        binary_calibration_error(torch.tensor(score), torch.tensor(y), n_bins=BINS, norm="l1")
    )


def binary_figures(y, score):
    called = (score >= 0.5).astype(int)
    return {
        "accuracy": metrics.accuracy_score(y, called),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, called),
        "macro_recall": metrics.recall_score(y, called, average="macro"),
        "macro_f1": metrics.f1_score(y, called, average="macro"),
        "auroc": metrics.roc_auc_score(y, score),
        "auprc": metrics.average_precision_score(y, score),
        "sensitivity_at_95_specificity": sensitivity(y, score),
        "ece": binary_ece(y, score),
        "ece_unweighted": unweighted(y, score),
        "brier": metrics.brier_score_loss(y, score),
        "f1": metrics.f1_score(y, called),
        "precision": metrics.precision_score(y, called),
    }


def binary(draw):
    n = 240
    y = draw.binomial(1, 0.35, n)
    sex = draw.choice(["female", "male"], n)
    site = draw.choice(["A", "B", "C"], n)
    score = np.round(sigmoid(1.6 * y - 0.9 + draw.standard_normal(n) + 0.5 * (sex == "male")), 3)
    write(
        "binary.csv",
        ["id", "patient", "y_true", "score", "group.sex", "group.site"],
        [[f"i{i}", f"p{i // 2}", y[i], score[i], sex[i], site[i]] for i in range(n)],
    )
    called = (score >= 0.5).astype(int)
    expected = {"all": binary_figures(y, score), "groups": {}, "gaps": {}}
    for name, attribute in (("sex", sex), ("site", site)):
        expected["groups"][name] = {
            value: binary_figures(y[attribute == value], score[attribute == value])
            for value in sorted(set(attribute))
        }
        frame = MetricFrame(
            metrics={
                "accuracy": metrics.accuracy_score,
                "balanced_accuracy": metrics.balanced_accuracy_score,
            },
            y_true=y,
            y_pred=called,
            sensitive_features=attribute,
        )
        expected["gaps"][name] = {
            **frame.difference().to_dict(),
            "equalized_odds_difference": equalized_odds_difference(
                y, called, sensitive_features=attribute
            ),
            "equal_opportunity_difference": equal_opportunity_difference(
                y, called, sensitive_features=attribute
            ),
            "demographic_parity_difference": demographic_parity_difference(
                y, called, sensitive_features=attribute
            ),
        }
    return expected


def classes(draw):
    n = 160
    names = ["edema", "effusion", "fracture", "normal"]
    y = draw.choice(4, n, p=[0.35, 0.3, 0.05, 0.3])
    logits = 1.5 * np.eye(4)[y] + draw.standard_normal((n, 4))
    logits[:, 2] -= 6
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    write(
        "classes.csv",
        ["id", "y_true"] + [f"score.{name}" for name in names],
        [[f"i{i}", names[y[i]]] + [repr(float(v)) for v in p[i]] for i in range(n)],
    )
    called = p.argmax(axis=1)
    top = p.max(axis=1)
    right = (called == y).astype(int)
    hot = np.eye(4)[y]
    return {
        "accuracy": metrics.accuracy_score(y, called),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, called),
        "macro_recall": metrics.recall_score(y, called, average="macro"),
        "macro_f1": metrics.f1_score(y, called, average="macro"),
        "auroc": metrics.roc_auc_score(y, p, multi_class="ovr", average="macro"),
        "auroc_torchmetrics": float(
            multiclass_auroc(torch.tensor(p), torch.tensor(y), 4, average="macro")
        ),
        "auprc": metrics.average_precision_score(hot, p, average="macro"),
        "auprc_torchmetrics": float(
            multiclass_average_precision(torch.tensor(p), torch.tensor(y), 4, average="macro")
        ),
        "sensitivity_at_95_specificity": float(
            np.mean([sensitivity(hot[:, k], p[:, k]) for k in range(4)])
        ),
        "ece_torchmetrics": float(
            multiclass_calibration_error(
                torch.tensor(p), torch.tensor(y), 4, n_bins=BINS, norm="l1"
            )
        ),
        "ece_unweighted": unweighted(right, top),
        "brier": float(((p - hot) ** 2).sum(axis=1).mean()),
        "micro_f1": metrics.f1_score(y, called, average="micro"),
        "micro_auroc": metrics.roc_auc_score(y, p, multi_class="ovr", average="micro"),
        "micro_auprc": metrics.average_precision_score(hot, p, average="micro"),
    }


def labels(draw):
    n = 150
    names = ["edema", "effusion", "device"]
    y = (draw.uniform(size=(n, 3)) < [0.3, 0.5, 0.1]).astype(int)
    p = sigmoid(2 * y - 1 + draw.standard_normal((n, 3)))
    write(
        "labels.csv",
        ["id"] + [f"y_true.{name}" for name in names] + [f"score.{name}" for name in names],
        [[f"i{i}"] + y[i].tolist() + [repr(float(v)) for v in p[i]] for i in range(n)],
    )
    called = (p >= 0.5).astype(int)
    columns = range(3)
    return {
        "accuracy": float(np.mean([metrics.accuracy_score(y[:, k], called[:, k]) for k in columns])),
        "accuracy_torchmetrics": float(
            multilabel_accuracy(torch.tensor(p), torch.tensor(y), 3, average="macro")
        ),
        "balanced_accuracy": float(
            np.mean([metrics.balanced_accuracy_score(y[:, k], called[:, k]) for k in columns])
        ),
        "macro_recall": metrics.recall_score(y, called, average="macro"),
        "macro_f1": metrics.f1_score(y, called, average="macro"),
        "auroc": metrics.roc_auc_score(y, p, average="macro"),
        "auroc_torchmetrics": float(
            multilabel_auroc(torch.tensor(p), torch.tensor(y), 3, average="macro")
        ),
        "auprc": metrics.average_precision_score(y, p, average="macro"),
        "sensitivity_at_95_specificity": float(
            np.mean([sensitivity(y[:, k], p[:, k]) for k in columns])
        ),
        "ece": float(np.mean([binary_ece(y[:, k], p[:, k]) for k in columns])),
        "ece_unweighted": float(np.mean([unweighted(y[:, k], p[:, k]) for k in columns])),
        "brier": float(((p - y) ** 2).mean()),
        "micro_f1": metrics.f1_score(y, called, average="micro"),
        "micro_auroc": metrics.roc_auc_score(y, p, average="micro"),
        "micro_auprc": metrics.average_precision_score(y, p, average="micro"),
        "subset_accuracy": metrics.accuracy_score(y, called),
    }


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    draw = np.random.RandomState(17)
    expected = {"binary": binary(draw), "classes": classes(draw), "labels": labels(draw)}
    (TARGET / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
