"""Reference values for projections from scikit-learn and umap-learn.

Writes core/src/test/resources/dev/auscult/projection/projections.json: small points (handwritten
digits of scikit-learn, and fewer points than coordinates) with their principal components; joint
probabilities, divergence and gradient of t-SNE; the graph of UMAP; and how trustworthy the maps of
t-SNE (exact, from the principal components) and of UMAP (from the principal components, five seeds)
are.

Run: python conformance/projections.py
"""

import json
import pathlib

import numpy as np
import sklearn
import umap
from scipy.spatial.distance import squareform
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.metrics import pairwise_distances
from umap.umap_ import fuzzy_simplicial_set

TARGET = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/projection/projections.json"
)


def components(name, x, count):
    pca = PCA(n_components=count, svd_solver="full").fit(x)
    return {
        "name": name,
        "points": x.tolist(),
        "axes": pca.components_.tolist(),
        "variances": pca.explained_variance_.tolist(),
        "shares": pca.explained_variance_ratio_.tolist(),
        "scores": pca.transform(x).tolist(),
    }


def neighbourhoods(x, perplexity, rng):
    squares = pairwise_distances(x, metric="sqeuclidean")
    joint = _joint_probabilities(squares, perplexity, 0)
    places = rng.normal(size=(len(x), 2))
    divergence, gradient = _kl_divergence(places.ravel(), joint, 1, len(x), 2)
    return {
        "points": x.tolist(),
        "perplexity": perplexity,
        "joint": squareform(joint).tolist(),
        "places": places.tolist(),
        "divergence": float(divergence),
        "gradient": gradient.reshape(-1, 2).tolist(),
    }


def graph(x, neighbours):
    found, _, _ = fuzzy_simplicial_set(
        x, neighbours, np.random.RandomState(0), "euclidean"
    )
    return {
        "points": x.tolist(),
        "neighbours": neighbours,
        "memberships": found.toarray().astype(float).tolist(),
    }


def maps(x):
    tsne = TSNE(method="exact", init="pca", random_state=0)
    tsne_map = tsne.fit_transform(x)
    umap_maps = [umap.UMAP(init="pca", random_state=s).fit_transform(x) for s in range(5)]
    return {
        "points": x.tolist(),
        "k": 10,
        "pca": float(trustworthiness(x, PCA(2).fit_transform(x), n_neighbors=10)),
        "tsne": float(trustworthiness(x, tsne_map, n_neighbors=10)),
        "tsne_divergence": float(tsne.kl_divergence_),
        "umap": [float(trustworthiness(x, m, n_neighbors=10)) for m in umap_maps],
    }


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.13g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


def main():
    rng = np.random.default_rng(20)
    digits = load_digits().data
    small = rng.normal(size=(24, 5)).round(4)
    wide = rng.normal(size=(6, 9)).round(4)
    written = rounded(
        {
            "versions": {"scikit-learn": sklearn.__version__, "umap-learn": umap.__version__},
            "components": [
                components("more points than coordinates", small, 3),
                components("fewer points than coordinates", wide, 3),
            ],
            "neighbourhoods": neighbourhoods(small, 7.0, rng),
            "graph": graph(small, 6),
            "maps": maps(digits[:160]),
        }
    )
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(written) + "\n", encoding="utf-8")
    print({k: v for k, v in written["maps"].items() if k != "points"})


if __name__ == "__main__":
    main()
