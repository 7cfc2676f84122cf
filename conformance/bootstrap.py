"""Reference bootstrap intervals from SciPy.

Writes core/src/test/resources/dev/auscult/metric/bootstrap.json: a skewed sample and the 95 %
intervals of its mean and its standard deviation by the percentile and the BCa method, 200,000
resamples each, so that what remains of Monte Carlo error is small.

Run: python conformance/bootstrap.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.stats import bootstrap

TARGET = pathlib.Path(__file__).parents[1] / "core/src/test/resources/dev/auscult/metric/bootstrap.json"


def sample_sd(values, axis=-1):
    return np.std(values, axis=axis, ddof=1)


def main():
    values = np.round(np.random.RandomState(7).exponential(size=25), 4)
    intervals = []
    for name, figure in [("mean", np.mean), ("sd", sample_sd)]:
        for kind in ["percentile", "BCa"]:
            found = bootstrap(
                (values,), figure, n_resamples=200_000, batch=10_000, method=kind, rng=np.random.default_rng(1)
            ).confidence_interval
            intervals.append({"figure": name, "kind": kind.upper(), "lo": found.low, "hi": found.high})
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        json.dumps({"scipy": scipy.__version__, "values": values.tolist(), "intervals": intervals}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
