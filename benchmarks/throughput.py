"""Embedding throughput of Auscult beside PyTorch on the same weights, taking turns in one run.

Writes full-size random CLIP checkpoints with transformers, starts the Java worker on each, and
times both in alternation. Prints the table of docs/performance.md.

    benchmarks/run throughput            # builds the worker, makes the environment, runs this
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch


sys.path.insert(0, str(Path(__file__).parent))
from worker import Worker, checkpoint

SIZES = {"ViT-B/32": 32, "ViT-B/16": 16}


def gigaflop_per_image(patch, image=224, width=768, layers=12, projection=512):
    """Multiplications and additions of one image through a ViT-B, in GFLOP."""
    tokens = (image // patch) ** 2 + 1
    block = 12 * tokens * width**2 + 2 * tokens**2 * width
    return 2 * (layers * block + (tokens - 1) * 3 * patch**2 * width + width * projection) / 1e9


def pixels(count):
    n = count * 3 * 224 * 224
    return torch.sin(0.001 * torch.arange(n, dtype=torch.float64)).float().reshape(count, 3, 224, 224)


def torch_seconds(model, batch, iterations):
    x = pixels(batch)
    with torch.inference_mode():
        start = time.perf_counter()
        for _ in range(iterations):
            out = model.visual_projection(model.vision_model(x).pooler_output)
            torch.nn.functional.normalize(out, dim=-1)
        return time.perf_counter() - start


def turns(ours, theirs, batch, iterations, rounds):
    """Images per second of both, median over alternating rounds, and the median of the ratios."""
    ours(batch, 1), theirs(batch, 1)
    a, b = [], []
    for _ in range(rounds):
        a.append(batch * iterations / ours(batch, iterations))
        b.append(batch * iterations / theirs(batch, iterations))
    return statistics.median(a), statistics.median(b), statistics.median(x / y for x, y in zip(a, b))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"PyTorch {torch.__version__}, {options.threads} threads, medians of {options.rounds} alternating rounds\n")
    print("| model | dtype | batch | Auscult images/s | PyTorch fp32 images/s | ratio | share of GEMM peak | cosine |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, patch in SIZES.items():
            model = checkpoint(Path(folder) / f"b{patch}", patch)
            with torch.inference_mode():
                reference = torch.nn.functional.normalize(
                    model.visual_projection(model.vision_model(pixels(4)).pooler_output), dim=-1)
            for dtype in ("fp32", "bf16"):
                with Worker(options.classpath, Path(folder) / f"b{patch}", dtype, options.threads) as worker:
                    worker.gemm(2048, 2)
                    peak = max(2 * 2048**3 * 4 / worker.gemm(2048, 4) / 1e9 for _ in range(5))
                    cosine = torch.nn.functional.cosine_similarity(worker.embed(4), reference).min().item()
                    for batch in (1, 8, 32):
                        iterations = max(1, 32 // batch // (4 if patch == 16 else 1))
                        ours, theirs, ratio = turns(
                            worker.time, lambda b, i: torch_seconds(model, b, i), batch, iterations, options.rounds)
                        share = ours * gigaflop_per_image(patch) / peak
                        print(f"| {name} | {dtype} | {batch} | {ours:.1f} | {theirs:.1f} | {ratio:.2f} | "
                              f"{share:.0%} of {peak:.0f} GFLOP/s | {cosine:.5f} |", flush=True)


if __name__ == "__main__":
    main()
