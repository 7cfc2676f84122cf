"""Reference values for comparisons of two models on the same samples, from SciPy and statsmodels.

Writes core/src/test/resources/dev/auscult/metric/paired-differences.json: pairs of values with the
exact p-value of the randomisation test (scipy.stats.permutation_test over all exchanges), the BCa
interval of their mean difference (200,000 resamples), Spearman's correlation with ties, Holm's
correction, and Clopper-Pearson intervals where all or none of n succeed.

Run: python conformance/paired_differences.py
"""

import json
import pathlib

import numpy as np
import scipy
import statsmodels
from scipy.stats import binomtest, bootstrap, permutation_test, spearmanr
from statsmodels.stats.multitest import multipletests

TARGET = (
    pathlib.Path(__file__).parents[1]
    / "core/src/test/resources/dev/auscult/metric/paired-differences.json"
)


def pair(first, second):
    difference = np.array(first) - np.array(second)
    exact = permutation_test(
        (first, second),
        lambda a, b: np.mean(np.array(a) - np.array(b)),
        permutation_type="samples",
        n_resamples=np.inf,
        alternative="two-sided",
        vectorized=False,
    )
    interval = bootstrap(
        (difference,),
        np.mean,
        n_resamples=200_000,
        batch=10_000,
        method="BCa",
        rng=np.random.default_rng(1),
    ).confidence_interval
    return {
        "first": list(first),
        "second": list(second),
        "p": float(exact.pvalue),
        "lo": float(interval.low),
        "hi": float(interval.high),
    }


def main():
    draw = np.random.RandomState(11)
    base = np.round(draw.uniform(0.1, 0.9, 12), 3)
    shifted = np.round(base - 0.08 + 0.1 * draw.standard_normal(12), 3)
    pairs = [
        pair(base.tolist(), shifted.tolist()),
        pair(base.tolist(), np.round(base + 0.05 * draw.standard_normal(12), 3).tolist()),
        pair([1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1], [0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0]),
    ]
    x = np.round(draw.standard_normal(30), 1)
    y = np.round(0.6 * x + draw.standard_normal(30), 1)
    p = [0.04, 0.001, 0.2, 0.013, 0.013, 0.9]
    TARGET.write_text(
        json.dumps(
            {
                "scipy": scipy.__version__,
                "statsmodels": statsmodels.__version__,
                "pairs": pairs,
                "spearman": {
                    "x": x.tolist(),
                    "y": y.tolist(),
                    "rho": float(spearmanr(x, y).statistic),
                },
                "holm": {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()},
                "clopper_pearson": [
                    {
                        "n": n,
                        "hi_of_none": binomtest(0, n).proportion_ci().high,
                        "lo_of_all": binomtest(n, n).proportion_ci().low,
                    }
                    for n in (2, 10, 250)
                ],
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
