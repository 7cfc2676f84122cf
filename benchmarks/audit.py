"""The audit of real images: its time against the encoder's own throughput, and its estimates
against shap's PermutationExplainer on the same model, inputs, players and masks.

    benchmarks/run audit --data covid-cxr:../shared/data/covid-cxr

Prints the lines of docs/performance.md. shap runs in legacy order with a batched PyTorch model; its
passes are counted as it makes them (one image and one text pass per coalition) and as they would be
if every distinct image coalition and text coalition were encoded once (memoised).
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import shap
import torch
from safetensors import safe_open

sys.path.insert(0, str(Path(__file__).parent))
from worker import FLAGS, checkpoint


class Game:
    """The score of one image and text with players masked, over batches of 0/1 rows."""

    def __init__(self, model, pixels, ids, players, mask, patch):
        self.model, self.pixels, self.ids, self.players, self.mask = model, pixels, ids, players, mask
        self.side = pixels.shape[-1] // patch
        self.patch = patch
        self.passes, self.images, self.texts = 0, set(), set()

    @property
    def size(self):
        return self.side**2 + len(self.players)

    @torch.inference_mode()
    def __call__(self, rows):
        rows = torch.from_numpy(np.asarray(rows)).bool()
        patches, words = rows[:, : self.side**2], rows[:, self.side**2 :]
        self.passes += 2 * len(rows)
        self.images.update(map(bytes, patches.numpy()))
        self.texts.update(map(bytes, words.numpy()))
        grid = patches.reshape(-1, 1, self.side, self.side).float()
        image = self.pixels * torch.nn.functional.interpolate(grid, scale_factor=self.patch)
        ids = self.ids.repeat(len(rows), 1)
        ids[:, self.players] = torch.where(words, ids[:, self.players], self.mask)
        u = self.model.visual_projection(self.model.vision_model(image).pooler_output)
        states = self.model.text_model(ids).last_hidden_state[:, -1]
        v = self.model.text_projection(states)
        cosine = torch.nn.functional.cosine_similarity(u, v)
        return (self.model.logit_scale.exp() * cosine).double().numpy()


def relative_error(estimate, reference):
    return float(np.mean((estimate - reference) ** 2) / np.mean(reference**2))


def java(options, folder, out):
    command = ["java", *FLAGS, "-cp", options.classpath, "dev.auscult.benchmarks.AuditWorker", str(folder),
               options.data, str(options.samples), str(options.compared), str(options.threads), str(out)]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True,
                           env={**os.environ, "OMP_WAIT_POLICY": "passive"}).stdout.splitlines()
    return [(line.split()[0], {k: float(v) for k, v in re.findall(r"(\w+)=([\d.]+)", line)}) for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--samples", type=int, default=50)
    parser.add_argument("--compared", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        model = checkpoint(Path(folder) / "b32", 32)
        out = Path(folder) / "comparison.safetensors"
        lines = java(options, Path(folder) / "b32", out)
        run = next(values for kind, values in lines if kind == "audit")
        ideal = run["image_passes"] / run["image_rate"] + run["text_passes"] / run["text_rate"]
        print(f"audit of {run['samples']:.0f} real images, random ViT-B/32, fp32, {options.threads} threads: "
              f"{run['image_passes']:.0f} image and {run['text_passes']:.0f} text passes in {run['seconds']:.1f} s; "
              f"at {run['image_rate']:.1f} images/s and {run['text_rate']:.1f} texts/s they take {ideal:.1f} s: "
              f"{run['seconds'] / ideal:.2f} x")
        print("\n| sample | players | ours: passes | seconds | relative MSE | shap: permutations | passes | memoised | "
              "seconds | relative MSE | passes at our MSE | seconds at our MSE |")
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        estimates = [values for kind, values in lines if kind == "estimate"]
        with safe_open(out, "pt") as tensors:
            for i, ours in enumerate(estimates):
                compare(model, tensors, i, ours)


def compare(model, tensors, i, ours):
    get = tensors.get_tensor
    reference = get(f"reference.{i}").double().numpy()
    own = np.mean([relative_error(get(f"ours.{i}.{seed}").double().numpy(), reference) for seed in range(3)])
    for permutations in (1, 4):
        game = Game(model, get(f"pixels.{i}"), get(f"ids.{i}"), get(f"players.{i}"),
                    int(tensors.metadata()["mask"]), 32)
        start = time.perf_counter()
        explainer = shap.PermutationExplainer(game, np.zeros((1, game.size)), seed=0)
        values = explainer(np.ones((1, game.size)), max_evals=permutations * (2 * game.size + 1), batch_size=64,
                           silent=True).values[0]
        seconds = time.perf_counter() - start
        error = relative_error(values, reference)
        factor = error / own
        print(f"| {i} | {game.size} | {ours['passes']:.0f} | {ours['seconds']:.2f} | {own:.4f} | {permutations} | "
              f"{game.passes} | {len(game.images) + len(game.texts)} | {seconds:.1f} | {error:.4f} | "
              f"{game.passes * factor:.0f} | {seconds * factor:.1f} |", flush=True)


if __name__ == "__main__":
    main()
