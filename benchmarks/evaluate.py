"""Times `auscult evaluate` on a large file of predictions.

Writes N binary predictions (seeded; two attributes with --groups) and evaluates them:

    python benchmarks/evaluate.py --n 1000000 --bootstrap 1000
"""

import argparse
import math
import pathlib
import random
import resource
import subprocess
import tempfile
import time

LAUNCHER = pathlib.Path(__file__).parents[1] / "auscult"


def write(path, n, groups):
    draw = random.Random(1)
    with open(path, "w") as file:
        file.write("id,y_true,score" + (",group.sex,group.site" if groups else "") + "\n")
        for i in range(n):
            truth = int(draw.random() < 0.2)
            score = 1 / (1 + math.exp(-(1.5 * truth - 1.5 + draw.gauss(0, 1))))
            file.write(f"i{i},{truth},{score:.9f}")
            if groups:
                file.write(f",{draw.choice(('female', 'male'))},{draw.choice('ABC')}")
            file.write("\n")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--n", type=int, default=1_000_000)
    options.add_argument("--bootstrap", type=int, default=1000)
    options.add_argument("--groups", action="store_true")
    options.add_argument("--command", default=str(LAUNCHER))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "predictions.csv"
        write(file, chosen.n, chosen.groups)
        began = time.monotonic()
        subprocess.run(
            [chosen.command, "evaluate", file, "--out", pathlib.Path(folder) / "out"]
            + ["--bootstrap", str(chosen.bootstrap), "--intersections", "none", "--quiet"],
            check=True,
        )
        seconds = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{chosen.n} predictions, {file.stat().st_size / 1e6:.0f} MB,"
            f" {chosen.bootstrap} resamples: {seconds:.1f} s,"
            f" {used.ru_utime + used.ru_stime:.1f} s of processors,"
            f" {used.ru_maxrss / 1e3:.0f} MB of memory at most"
        )


if __name__ == "__main__":
    main()
