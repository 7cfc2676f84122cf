"""Writes core/src/test/resources/dev/auscult/pretrain/adamw_and_infonce.json.

A tiny contrastive problem trained by PyTorch: two linear encoders with biases, symmetric InfoNCE
with a learnable logit scale (clamped to [0, ln 100]) and hard-negative texts, torch.optim.AdamW
with and without weight decay, linear warm-up and cosine, gradients clipped to norm 1. The file
holds inputs, initial values, the loss and the gradients' norm of every step, and the final values.

    python conformance/adamw_and_infonce.py
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

OUT = (
    Path(__file__).resolve().parent.parent
    / "core/src/test/resources/dev/auscult/pretrain/adamw_and_infonce.json"
)
PAIRS, NEGATIVES, IMAGE, TEXT, DIM = 12, 5, 5, 4, 3
STEPS, WARMUP, PEAK, DECAY = 60, 8, 0.05, 0.2
BETAS, EPSILON, CLIP = (0.9, 0.98), 1e-6, 1.0


def loss_of(p, images, texts, negatives):
    u = F.normalize(images @ p["image.weight"].T + p["image.bias"], dim=-1)
    v = F.normalize(texts @ p["text.weight"].T + p["text.bias"], dim=-1)
    w = F.normalize(negatives @ p["text.weight"].T + p["text.bias"], dim=-1)
    scale = p["logit_scale"].exp()
    own = torch.arange(PAIRS)
    to_texts = F.cross_entropy(scale * u @ torch.cat([v, w]).T, own)
    to_images = F.cross_entropy(scale * v @ u.T, own)
    return (to_texts + to_images) / 2


def rate(step):
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    return PEAK * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / (STEPS - WARMUP)))


def flat(tensor):
    return [float(x) for x in tensor.detach().reshape(-1)]


def main():
    torch.manual_seed(20260101)
    torch.set_num_threads(1)
    images, texts, negatives = (
        torch.randn(PAIRS, IMAGE),
        torch.randn(PAIRS, TEXT),
        torch.randn(NEGATIVES, TEXT),
    )
    p = {
        "image.weight": torch.randn(DIM, IMAGE) * 0.3,
        "image.bias": torch.randn(DIM) * 0.1,
        "text.weight": torch.randn(DIM, TEXT) * 0.3,
        "text.bias": torch.randn(DIM) * 0.1,
        "logit_scale": torch.tensor(math.log(1 / 0.07)),
    }
    p = {name: tensor.requires_grad_() for name, tensor in p.items()}
    record = {
        "images": flat(images),
        "texts": flat(texts),
        "negatives": flat(negatives),
        "shapes": {"images": [PAIRS, IMAGE], "texts": [PAIRS, TEXT], "negatives": [NEGATIVES, TEXT]},
        "initial": {name: {"shape": list(t.shape), "values": flat(t)} for name, t in p.items()},
        "schedule": {"peak": PEAK, "warmup": WARMUP, "total": STEPS},
        "optimiser": {"beta1": BETAS[0], "beta2": BETAS[1], "epsilon": EPSILON, "decay": DECAY, "clip": CLIP},
    }
    optimiser = torch.optim.AdamW(
        [
            {"params": [t for t in p.values() if t.ndim >= 2], "weight_decay": DECAY},
            {"params": [t for t in p.values() if t.ndim < 2], "weight_decay": 0.0},
        ],
        lr=PEAK,
        betas=BETAS,
        eps=EPSILON,
    )
    losses, norms, rates = [], [], []
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = rate(step)
        optimiser.zero_grad()
        loss = loss_of(p, images, texts, negatives)
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(list(p.values()), CLIP)))
        optimiser.step()
        with torch.no_grad():
            p["logit_scale"].clamp_(0, math.log(100))
        losses.append(float(loss.detach()))
        rates.append(rate(step))
    record["losses"], record["norms"], record["rates"] = losses, norms, rates
    record["final"] = {name: flat(t) for name, t in p.items()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(record, indent=None) + "\n")
    print(f"{OUT.name}: loss {losses[0]:.4f} -> {losses[-1]:.4f}, largest norm {max(norms):.2f}")


if __name__ == "__main__":
    main()
