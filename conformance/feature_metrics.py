"""Reference values for the figures of feature studies from scikit-learn, SciPy and NumPy.

Writes core/src/test/resources/dev/auscult/metric/feature-metrics.json: clouds of points with classes
and patients (uneven classes, patients of several images, a class of one, coinciding points) with
silhouettes, Davies-Bouldin index, Fisher's ratio (from the Calinski-Harabasz score), folds, calls of
the nearest neighbours and trustworthiness; and pairs of representations with centred kernel
alignment (by its definition with centring matrices), alignment, uniformity and modality gap. Writes
core/src/test/resources/dev/auscult/features/linear-probe.json: what logistic regression calls in
cross-validation, its penalty chosen on the fold after the one that is called.

Run: python conformance/feature_metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.manifold import trustworthiness
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

warnings.filterwarnings("ignore")

PROBE = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/features/linear-probe.json"
)
TARGET = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/metric/feature-metrics.json"
)


def cloud(name, x, y, groups, folds, k, rng):
    splitter = StratifiedGroupKFold(folds)
    fold_of = np.empty(len(y), dtype=int)
    for fold, (_, test) in enumerate(splitter.split(x, y, groups)):
        fold_of[test] = fold
    called = cross_val_predict(
        KNeighborsClassifier(k, algorithm="brute"), x, y, groups=groups, cv=splitter
    )
    classes = len(np.unique(y))
    shares = np.array([np.bincount(y[fold_of == f], minlength=classes) for f in range(folds)])
    ch = metrics.calinski_harabasz_score(x, y)
    flat = rng.normal(size=(len(x), 2)).round(6)
    return {
        "name": name,
        "points": x.tolist(),
        "labels": y.tolist(),
        "groups": [f"p{g:03d}" for g in groups],
        "folds": folds,
        "k": k,
        # From distances that are 0 where points coincide, which those of scikit-learn are not.
        "silhouettes": metrics.silhouette_samples(
            squareform(pdist(x)), y, metric="precomputed"
        ).tolist(),
        "davies_bouldin": float(metrics.davies_bouldin_score(x, y)),
        "fisher": float(ch * (classes - 1) / (len(y) - classes)),
        "fold_of": fold_of.tolist(),
        "unevenness": float((shares / np.bincount(y)).std(axis=0).mean()),
        "called": called.tolist(),
        "map": flat.tolist(),
        "trustworthiness": float(trustworthiness(x, flat, n_neighbors=5)),
    }


def probe(x, y, folds, rng):
    fold_of = rng.permutation(np.arange(len(y)) % folds)
    called = np.empty(len(y), dtype=int)
    strengths = [0.1, 1, 10, 100, 1000]
    chosen = []

    def fitted(rows, strength, scaled):
        return LogisticRegression(
            C=strength, class_weight="balanced", tol=1e-10, max_iter=100_000
        ).fit(scaled[rows], y[rows])

    for fold in range(folds):
        trained, tested = fold_of != fold, fold_of == fold
        validation = fold_of == (fold + 1) % folds
        centred = x - x[trained].mean(0)
        scaled = centred / np.sqrt((centred[trained] ** 2).sum(1).mean())
        losses = []
        for strength in strengths:
            p = fitted(trained & ~validation, strength, scaled).predict_proba(scaled[validation])
            own = -np.log(p[np.arange(validation.sum()), y[validation]])
            losses.append(np.mean([own[y[validation] == c].mean() for c in np.unique(y)]))
        chosen.append(float(strengths[int(np.argmin(losses))]))
        called[tested] = fitted(trained, chosen[-1], scaled).predict(scaled[tested])
    return {
        "points": x.tolist(),
        "labels": y.tolist(),
        "folds": fold_of.tolist(),
        "chosen": chosen,
        "called": called.tolist(),
    }


def hsic(k, l):
    n = len(k)
    h = np.eye(n) - np.ones((n, n)) / n
    return np.trace(k @ h @ l @ h)


def hsic_unbiased(k, l):
    n = len(k)
    k = k - np.diag(np.diag(k))
    l = l - np.diag(np.diag(l))
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (one @ k @ l @ one)
    ) / (n * (n - 3))


def cka(x, y, criterion):
    k, l = x @ x.T, y @ y.T
    return float(criterion(k, l) / np.sqrt(criterion(k, k) * criterion(l, l)))


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def pair(name, x, y):
    row = {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "cka": cka(x, y, hsic),
        "cka_debiased": cka(x, y, hsic_unbiased),
        "uniformity": float(np.log(np.exp(-2 * pdist(x, "sqeuclidean")).mean())),
    }
    if x.shape == y.shape:
        row["alignment"] = float((np.linalg.norm(x - y, axis=1) ** 2).mean())
        row["gap"] = float(np.linalg.norm(x.mean(0) - y.mean(0)))
    return row


def main():
    rng = np.random.default_rng(31)

    def points(labels, d, apart):
        centres = rng.normal(size=(labels.max() + 1, d)) * apart
        return (centres[labels] + rng.normal(size=(len(labels), d))).round(6)

    even = np.repeat(np.arange(3), 14)
    uneven = np.array([0] * 31 + [1] * 12 + [2] * 7)
    lone = np.array([0] * 9 + [1] * 8 + [2])
    coinciding = points(np.repeat(np.arange(2), 10), 3, 1)
    coinciding[3] = coinciding[1]
    coinciding[15] = coinciding[12]
    x = unit(rng.normal(size=(20, 6)) + 1).round(6)
    near = unit(x + 0.3 * rng.normal(size=x.shape)).round(6)
    other = rng.normal(size=(20, 9)).round(6)
    written = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "clouds": [
            cloud("even classes", points(even, 4, 2), even, np.arange(len(even)), 5, 5, rng),
            cloud(
                "uneven classes, patients of several images",
                points(uneven, 6, 1),
                uneven,
                rng.integers(0, 22, len(uneven)),
                4,
                3,
                rng,
            ),
            cloud("a class of one", points(lone, 3, 2), lone, np.arange(len(lone)), 3, 4, rng),
            cloud(
                "coinciding points",
                coinciding,
                np.repeat(np.arange(2), 10),
                np.arange(20) // 2,
                2,
                1,
                rng,
            ),
        ],
        "pairs": [
            pair("near", x, near),
            pair("other width", x, other),
            pair("itself", x, x),
        ],
    }
    TARGET.write_text(json.dumps(written) + "\n", encoding="utf-8")
    several = np.array([0] * 36 + [1] * 20 + [2] * 10)
    two = np.array([0] * 40 + [1] * 16)
    probes = [
        probe(unit(points(several, 8, 0.6) + 4).round(6), several, 5, rng),
        probe(unit(points(two, 5, 0.7)).round(6), two, 4, rng),
    ]
    PROBE.parent.mkdir(parents=True, exist_ok=True)
    PROBE.write_text(json.dumps(probes) + "\n", encoding="utf-8")
    print([p["chosen"] for p in probes])


if __name__ == "__main__":
    main()
