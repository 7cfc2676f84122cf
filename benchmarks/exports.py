"""Exports to ONNX beside the checkpoints they were made of: how far embeddings lie apart, how fast.

For a random ViT-B/32-size CLIP and for the built-in phantom model (trained): the cosine of each
variant's embeddings to those of Auscult's own towers in float32, of synthetic images and of texts
of different lengths, and images and texts of 16 ids per second of processor time, which other
work on the machine does not change much; all variants take turns with one thread each, because
waiting for another thread of a busy machine would count as well. Prints the table of docs/onnx.md.

    benchmarks/run exports [--models random phantom]
"""

import argparse
import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import torch

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "conformance")]
from onnx_export import export
from worker import Worker, checkpoint

PHANTOM = ROOT / "core/src/main/resources/dev/auscult/model/phantom/balanced"
LENGTH = 16


def texts(last):
    """Ids of texts as the tokenizer closes them: its two last ids begin and end them."""
    generator = torch.Generator().manual_seed(3)
    lengths = [3, 5, 8, 12, 16, 24, 32, 48]
    return [[last - 1, *torch.randint(100, 900, (n - 2,), generator=generator).tolist(), last] for n in lengths]


def cosine(a, b):
    return torch.nn.functional.cosine_similarity(a, b).min().item()


def per_second(worker, count, work):
    """How many a second of processor time computes, over all threads."""
    before = processor_seconds(worker.process.pid)
    work()
    return count / max(1 / os.sysconf("SC_CLK_TCK"), processor_seconds(worker.process.pid) - before)


def processor_seconds(pid):
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def variants(folder, exported, threads):
    return {
        "libtorch fp32": (folder, "fp32", threads), "libtorch bf16": (folder, "bf16", threads),
        "ONNX fp32": (exported, "fp32", threads),
        "ONNX dynamic int8": (exported / "int8.auscult-onnx.json", "fp32", threads),
    }


def measure(name, workers, last, options):
    batch, repeats = options.batch, 1 if name.startswith("random") else 50
    reference = workers["libtorch fp32"]
    images, read = reference.embed(16), reference.texts(texts(last))
    rates = {variant: ([], []) for variant in workers}
    for turn in range(options.rounds + 1):
        for variant, worker in workers.items():
            pair = (
                per_second(worker, batch * repeats, lambda: worker.time(batch, repeats)),
                per_second(worker, 4 * batch * repeats, lambda: worker.read(4 * batch, LENGTH, repeats)),
            )
            if turn > 0:  # the first warms up
                for values, value in zip(rates[variant], pair):
                    values.append(value)
    for variant, worker in workers.items():
        print(
            f"| {name} | {variant} | {cosine(worker.embed(16), images):.5f} | {cosine(worker.texts(texts(last)), read):.5f} | "
            + " | ".join(f"{statistics.median(values):.1f}" for values in rates[variant]) + " |",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--models", nargs="+", choices=["random", "phantom"], default=["random", "phantom"])
    options = parser.parse_args()
    print("| model | computed by | least cosine, images | least cosine, texts | images per processor second | texts per processor second |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        random = Path(scratch) / "random"
        known = {"random": ("random ViT-B/32", random, 49407), "phantom": ("phantom", PHANTOM, 951)}
        for name, folder, last in [known[model] for model in options.models]:
            if folder == random:
                checkpoint(random, 32)
            exported = Path(scratch) / f"{folder.name}-onnx"
            export(folder, exported, int8=True)
            with ExitStack() as stack:
                workers = {
                    variant: stack.enter_context(Worker(options.classpath, *arguments))
                    for variant, arguments in variants(folder, exported, options.threads).items()
                }
                measure(name, workers, last, options)


if __name__ == "__main__":
    main()
