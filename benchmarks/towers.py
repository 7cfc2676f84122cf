"""Full-size convolutional and window image towers beside their libraries, taking turns in one run.

    benchmarks/run towers [--towers resnet-50,rn50,swin-t] [--dtypes fp32,bf16] [--rounds 5]

Writes each tower's random weights by the names of its library (torchvision, open_clip, transformers),
compares the embeddings of two images, and times both in alternation at batch 8. Prints the table of
docs/performance.md: images/s are medians of the rounds, the ratio is the median of the rounds' ratios.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import torch
from open_clip.modified_resnet import ModifiedResNet
from safetensors.torch import save_file
from torch import nn
from torchvision.models import resnet50

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "conformance"))
from convolution_towers import Swin, published_names
from random_weights import randomise
from throughput import pixels, turns
from worker import TowerWorker

BATCH = 8


def torchvision_resnet():
    net = resnet50()
    net.fc = nn.Linear(2048, 512, bias=False)
    return net


TOWERS = {
    "resnet-50": (torchvision_resnet, lambda model: model.state_dict()),
    "rn50": (lambda: ModifiedResNet([3, 4, 6, 3], 1024, heads=32, image_size=224, width=64), lambda model: model.state_dict()),
    "swin-t": (lambda: Swin("mean", 512), published_names),
}


def tame(model):
    """Branches small beside the stream, as training leaves them: else each block doubles it."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bn3.weight") and name.startswith("layer"):
                parameter.mul_(0.3)


@torch.inference_mode()
def embed(model, batch):
    return nn.functional.normalize(model(pixels(batch)), dim=-1)


def seconds(model, batch, iterations):
    x = pixels(batch)
    with torch.inference_mode():
        start = time.perf_counter()
        for _ in range(iterations):
            nn.functional.normalize(model(x), dim=-1)
        return time.perf_counter() - start


def measure(name, file, model, dtype, options):
    reference = embed(model, 2)
    with TowerWorker(options.classpath, name, file, dtype, options.threads) as worker:
        ours = worker.embed(2)
        cosine = nn.functional.cosine_similarity(ours, reference).min().item()
        images, theirs, ratio = turns(
            worker.time, lambda batch, n: seconds(model, batch, n), BATCH, options.iterations, options.rounds)
    print(f"| {name} | {dtype} | {(ours - reference).abs().max().item():.1e} | {cosine:.5f} | {images:.1f} | "
          f"{theirs:.1f} | {ratio:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--towers", default=",".join(TOWERS))
    parser.add_argument("--dtypes", default="fp32,bf16")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print("| tower | dtype | embeddings differ by | least cosine | Auscult images/s | library images/s (fp32) | ratio |")
    print("|---|---|---|---|---|---|---|")
    for name in options.towers.split(","):
        build, weights = TOWERS[name]
        model = build().eval()
        randomise(model, 1)
        tame(model)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.safetensors"
            save_file({key: value.contiguous() for key, value in weights(model).items()}, file)
            for dtype in options.dtypes.split(","):
                measure(name, file, model, dtype, options)


if __name__ == "__main__":
    main()
