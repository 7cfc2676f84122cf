"""Estimators of contributions beside shap's PermutationExplainer: error over passes and seconds.

    ./auscult pretrain configs/real-pairs.yaml --out trained/real
    benchmarks/run estimators --data covid-cxr:../shared/data/covid-cxr --trained trained/real/best
        [--parts errors,coverage,precision,time] [--grids 7,14,16] [--tokens 8,24,62] [--samples 1]

Prints the tables of docs/estimators.md and writes docs/pictures/estimators.svg.

Errors are squared errors summed over players, relative to the summed squares of the values, against
a run of 8 times the default's orders. Every estimator sees the same game of a trained model: the
shipped phantom on phantoms, and a model pre-trained on real pairs on real images. Cells and tokens
are players of any number on these models. The order of permutations is shap's own (tested against
shap in PermutationShapleyTest), so their errors are shap's; without memory it spends 2 (2 n + 1)
passes per permutation. Seconds are of a full-size ViT-B/32 with random weights on a real image, where
contributions mean nothing but time does.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from worker import FLAGS, checkpoint

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "estimators.svg"
CURVES = {
    "shap": "shap, permutations",
    "memoised": "shap's, each input encoded once",
    "factorised": "factorised, independent pairs",
    "latin": "factorised, Latin (default)",
    "regression-marginals": "regression, marginals",
    "regression-all-players": "regression, all players",
}


def java(options, program, *arguments):
    command = ["java", *FLAGS, "-cp", options.classpath, f"dev.auscult.benchmarks.{program}", *map(str, arguments)]
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.splitlines()


def table(header, rows):
    print("\n| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


class Errors:
    """The runs of one model: passes and errors by setting and estimator."""

    def __init__(self, lines):
        self.runs = defaultdict(list)
        rows = [line.split() for line in lines]
        own = {tuple(row[:3]): float(row[6]) for row in rows if row[3] == "truth"}
        for row in rows:
            if row[3] != "truth":
                error = float(row[6]) - own[tuple(row[:3])]
                self.runs[(int(row[0]), int(row[1])), row[3], float(row[4])].append((int(row[5]), error))
        self.own = own

    def settings(self):
        return sorted({setting for setting, _, _ in self.runs})

    def mean(self, setting, estimator, factor):
        runs = self.runs[setting, estimator, factor]
        return statistics.mean(p for p, _ in runs), statistics.mean(e for _, e in runs)

    def factors(self, setting, estimator):
        return sorted(f for s, e, f in self.runs if (s, e) == (setting, estimator))

    def passes_for(self, setting, estimator, error):
        """Passes at which an unbiased estimator, whose error falls as 1 / passes, has this error."""
        factors = [1.0] if "regression" in estimator or estimator == "factorised" else self.factors(setting, estimator)
        if estimator in ("shap", "memoised"):
            runs = [run for f in factors for run in self.runs[setting, estimator, f]]
            return statistics.mean(p * e for p, e in runs) / error
        passes, own = self.mean(setting, estimator, 1.0)
        return passes * own / error


def errors(options, files):
    models = {"phantom": ("phantom", "phantom"), "real pairs": (options.trained, options.data)}
    measured = {}
    for name, (model, data) in models.items():
        lines = []
        for grid in options.grids.split(","):
            lines += read(options, files, name, grid, model, data)
        measured[name] = Errors(lines)
    equal_error(measured)
    regression(measured)
    draw(measured, options)
    return measured


def read(options, files, name, grid, model, data):
    kept = files and Path(files) / f"{name.replace(' ', '-')}-{grid}.txt"
    if kept and kept.exists():
        return kept.read_text().splitlines()
    lines = java(options, "EstimatorErrors", model, data, grid, options.tokens, options.samples, options.threads)
    if kept:
        kept.write_text("\n".join(lines) + "\n")
    return lines


def equal_error(measured):
    rows = []
    for name, runs in measured.items():
        for setting in runs.settings():
            passes, error = runs.mean(setting, "latin", 1.0)
            at = {e: runs.passes_for(setting, e, error) for e in ("shap", "memoised", "factorised")}
            rows.append([name, str(setting[0]), str(setting[1]), f"{error:.4f}", f"{passes:.0f}", f"{at['factorised']:.0f}",
                         f"{at['memoised']:.0f}", f"{at['shap']:.0f}", f"{at['memoised'] / passes:.1f}",
                         f"{at['shap'] / passes:.1f}"])
    table(["model", "patches", "tokens", "error of the default", "passes: default", "independent pairs", "shap's, memoised",
           "shap", "fewer than memoised", "fewer than shap"], rows)


def regression(measured):
    rows = []
    for factor in (0.5, 1.0, 2.0, 4.0):
        row = [f"{factor:g} x the default"]
        for estimator in ("regression-marginals", "regression-all-players"):
            for runs in measured.values():
                ratios = [runs.mean(s, estimator, factor)[1] / runs.mean(s, "latin", factor)[1] for s in runs.settings()]
                row.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        rows.append(row)
    names = list(measured)
    table(["passes", *[f"marginals, {n}" for n in names], *[f"all players, {n}" for n in names]], rows)


def draw(measured, options):
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "estimators", "font.size": 9, "font.family": "sans-serif",
                         "axes.spines.top": False, "axes.spines.right": False})
    colours = dict(zip(CURVES, ["#7f7f7f", "#1f77b4", "#2ca02c", "#d62728", "#9467bd", "#c49c94"]))
    names = list(measured)
    tokens = sorted({s[1] for s in measured[names[0]].settings()})
    middle = tokens[len(tokens) // 2]
    cells = sorted({s[0] for s in measured[names[0]].settings()})
    figure, axes = plt.subplots(len(names), len(cells), figsize=(3.1 * len(cells), 2.7 * len(names)), squeeze=False,
                                sharey="row")
    for row, name in enumerate(names):
        for column, count in enumerate(cells):
            panel = axes[row][column]
            for estimator, label in CURVES.items():
                points = [measured[name].mean((count, middle), estimator, f)
                          for f in measured[name].factors((count, middle), estimator)]
                panel.plot(*zip(*points), marker="o", markersize=3, linewidth=1.2, color=colours[estimator], label=label)
            panel.set(xscale="log", yscale="log", title=f"{name}: {count} patches, {middle} tokens")
            panel.minorticks_off()
            panel.grid(True, which="major", axis="y", linewidth=0.4, color="#dddddd")
            panel.set_xlabel("encoder passes" if row == len(names) - 1 else "")
            panel.set_ylabel("relative squared error" if column == 0 else "")
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=3, frameon=False)
    figure.tight_layout(rect=(0, 0.1, 1, 1))
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None, "Creator": None})
    print(f"\nwritten: docs/pictures/{PICTURE.name}")


def coverage(options):
    lines = java(options, "EstimatorCoverage", options.trained, options.data, 3, 8, 0, options.runs, options.threads)
    table(["estimator", "intervals of contributions hold", "intervals of TScore hold", "claimed / real error",
           "bias of TScore"],
          [[n, f"{100 * float(p):.1f} %", f"{100 * float(t):.1f} %", f"{float(r):.2f}", b]
           for n, p, t, r, b in (line.split(";") for line in lines)])


def precision(options):
    rows = []
    for name, model, data in (("phantom", "phantom", "phantom"), ("real pairs", options.trained, options.data)):
        line = java(options, "PrecisionEffect", model, data, options.pairs, 24, options.threads)[-1]
        *figures, full, half = line.split(";")
        rows.append([name, *figures, f"{float(full) / float(half):.2f}"])
    table(["model", "contributions, mean size", "differ by, mean", "at most", "standard error, mean", "TScore differs by, mean", "at most", "its standard error", "fp32 seconds / bf16 seconds"], rows)


def seconds(options, measured):
    import numpy as np
    import shap
    import torch
    from safetensors import safe_open

    from audit import Game

    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        model = checkpoint(Path(folder) / "b32", 32)
        inputs = Path(folder) / "inputs.safetensors"
        found = {}
        for dtype in ("fp32", "bf16"):
            lines = java(options, "ExplanationTime", Path(folder) / "b32", options.data, 24, 2, dtype, options.threads, inputs)
            found[f"Auscult, {dtype}"] = min((tuple(map(float, line.split())) for line in lines), key=lambda run: run[1])
        with safe_open(inputs, "pt") as tensors:
            for kind, batch in (("batched", 64), ("unbatched", 1)):
                game = Game(model, tensors.get_tensor("pixels"), tensors.get_tensor("ids"), tensors.get_tensor("players"),
                            int(tensors.metadata()["mask"]), 32)
                explainer = shap.PermutationExplainer(game, np.zeros((1, game.size)), seed=0)
                start = time.perf_counter()
                explainer(np.ones((1, game.size)), max_evals=2 * game.size + 1, batch_size=batch, silent=True)
                found[f"shap, {kind}, one permutation"] = (game.passes, time.perf_counter() - start)
    wanted = {}
    for name, runs in (measured or {}).items():
        if (49, 24) in runs.settings():
            passes, error = runs.mean((49, 24), "latin", 1.0)
            wanted[name] = {"Auscult": passes, "shap": runs.passes_for((49, 24), "shap", error)}
    rows = []
    for what, (passes, took) in found.items():
        row = [what, f"{passes:.0f}", f"{took:.1f}", f"{passes / took:.1f}"]
        for name in wanted:
            row.append(f"{wanted[name][what.split(',')[0]] * took / passes:.1f}")
        rows.append(row)
    table(["ViT-B/32, 49 patches, 24 tokens", "passes", "seconds", "passes/s",
           *[f"seconds at the default's error, {name}" for name in wanted]], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--trained", required=True)
    parser.add_argument("--parts", default="errors,coverage,precision,time")
    parser.add_argument("--grids", default="7,14,16")
    parser.add_argument("--tokens", default="8,24,62", help="both models read 62 tokens at most")
    parser.add_argument("--samples", type=int, default=1)
    parser.add_argument("--runs", type=int, default=500, help="of the coverage")
    parser.add_argument("--pairs", type=int, default=4, help="of the precision")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", help="a folder for measured errors, which are not measured again if found there")
    options = parser.parse_args()
    parts = options.parts.split(",")
    measured = errors(options, options.keep) if "errors" in parts else None
    if "coverage" in parts:
        coverage(options)
    if "precision" in parts:
        precision(options)
    if "time" in parts:
        seconds(options, measured)


if __name__ == "__main__":
    main()
