"""Training of adapters beside a plain PyTorch script of the same loss, in one run.

Times SCALE on 800 cached vectors of 512 numbers (12 combinations, 150 epochs, batches of 64), one
fit and two at once, by Auscult and by the script below; and the grid of five shares times five
splits times five methods by Auscult. Prints the table of docs/adaptation.md.

    benchmarks/run adapt
"""

import argparse
import os
import subprocess
import time

import torch
import torch.nn.functional as F

SAMPLES, D, H, COMBINATIONS, PROMPTS, BATCH, EPOCHS = 800, 512, 128, 12, 3, 64, 150
TAU, SCALE, LAMBDA = 0.1, 14.285, (1.0, 1.0, 0.5, 0.5)


class Adapter(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.down = torch.nn.Linear(D, H, bias=False)
        self.up = torch.nn.Linear(H, D, bias=False)
        self.a = torch.nn.Parameter(torch.tensor(-1.3863))

    def forward(self, x):
        alpha = torch.sigmoid(self.a)
        return F.normalize(alpha * self.up(F.relu(self.down(x))) + (1 - alpha) * x, dim=-1)


def supcon(rows, labels):
    rows = F.normalize(rows, dim=-1)
    others = ~torch.eye(len(rows), dtype=torch.bool)
    similar = (rows @ rows.T / TAU).masked_fill(~others, float("-inf"))
    positive = (labels[:, None] == labels[None, :]) & others
    count = positive.sum(1)
    log_share = similar - similar.logsumexp(1, keepdim=True)
    own = torch.where(positive, log_share, torch.zeros(())).sum(1)
    return -(own / count.clamp(min=1))[count > 0].mean()


def fit(seed, epochs=EPOCHS):
    torch.manual_seed(seed)
    images = F.normalize(torch.randn(SAMPLES, D), dim=-1)
    labels = torch.arange(SAMPLES) % COMBINATIONS
    texts = F.normalize(torch.randn(COMBINATIONS * PROMPTS, D), dim=-1)
    text_labels = torch.arange(COMBINATIONS * PROMPTS) // PROMPTS
    canonical = torch.arange(COMBINATIONS) * PROMPTS
    of_class = [torch.arange(3 * c, 3 * c + 3) for c in range(4)]
    of_concept = [torch.arange(COMBINATIONS)[torch.arange(COMBINATIONS) % 4 == l] for l in range(4)]
    image_adapter, text_adapter = Adapter(), Adapter()
    optimiser = torch.optim.Adam([*image_adapter.parameters(), *text_adapter.parameters()], lr=1e-3)
    for _ in range(epochs):
        order = torch.randperm(SAMPLES)
        for rows in order.split(BATCH):
            drawn = labels[rows] * PROMPTS + torch.randint(PROMPTS, (len(rows),))
            prompts = torch.unique(torch.cat([canonical, drawn]))
            own, of_text = labels[rows], text_labels[prompts]
            columns = torch.searchsorted(prompts, canonical)
            q = image_adapter(images[rows]) @ text_adapter(texts[prompts]).T
            z = SCALE * q[:, columns]
            concepts = torch.stack([z[:, of].max(1).values for of in of_concept], 1)
            classes = torch.stack([z[:, of].max(1).values for of in of_class], 1)
            loss = (
                F.cross_entropy(z, own)
                + LAMBDA[0] * F.cross_entropy(concepts, own % 4)
                + LAMBDA[1] * F.cross_entropy(classes, own // 3)
                + LAMBDA[2] * supcon(q, own)
                + LAMBDA[3] * supcon(q.T, of_text)
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return float(loss)


def auscult(classpath, *arguments):
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    command = [java, "-Xmx1g", "-cp", classpath, "dev.auscult.benchmarks.AdaptWorker"]
    return float(subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True, text=True).stdout)


def pytorch(fits):
    began = time.perf_counter()
    for seed in range(fits):
        fit(seed)
    return time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    fit(0, epochs=5)
    steps = EPOCHS * -(-SAMPLES // BATCH)
    print(f"{options.threads} threads, {steps} steps per fit\n")
    print("| SCALE | Auscult | PyTorch | ratio |\n|---|---|---|---|")
    for fits in (1, 2):
        ours = auscult(options.classpath, "scale", fits, options.threads)
        theirs = pytorch(fits)
        name = "one fit" if fits == 1 else f"{fits} fits"
        print(f"| {name} | {ours:.1f} s ({fits * steps / ours:.0f} steps/s) "
              f"| {theirs:.1f} s ({fits * steps / theirs:.0f} steps/s) | {theirs / ours:.1f} |", flush=True)
    grid = auscult(options.classpath, "grid", options.threads)
    print(f"\nThe grid of 125 fits (5 shares x 5 splits x 5 methods): {grid:.0f} s")


if __name__ == "__main__":
    main()
