"""Writes adamw_and_infonce.json and adamw_and_soft_targets.json into
core/src/test/resources/dev/auscult/pretrain.

Two tiny problems trained by PyTorch: two linear encoders with biases, a learnable logit scale
(clamped to [0, ln 100]), torch.optim.AdamW with and without weight decay, linear warm-up and
cosine, gradients clipped to norm 1. The first minimises symmetric InfoNCE with hard-negative texts,
the second MedCLIP's semantic matching loss between more images than texts with label vectors of
their own. The files hold inputs, initial values, the loss and the gradients' norm of every step, and
the final values.

    python conformance/pretraining_losses.py
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

FOLDER = Path(__file__).resolve().parent.parent / "core/src/test/resources/dev/auscult/pretrain"
PAIRS, NEGATIVES, SENTENCES, LABELS, IMAGE, TEXT, DIM = 12, 5, 9, 6, 5, 4, 3
STEPS, WARMUP, PEAK, DECAY = 60, 8, 0.05, 0.2
BETAS, EPSILON, CLIP = (0.9, 0.98), 1e-6, 1.0


def encode(p, tower, inputs):
    return F.normalize(inputs @ p[f"{tower}.weight"].T + p[f"{tower}.bias"], dim=-1)


def info_nce(p, images, texts, negatives):
    u, v, w = encode(p, "image", images), encode(p, "text", texts), encode(p, "text", negatives)
    scale = p["logit_scale"].exp()
    own = torch.arange(PAIRS)
    to_texts = F.cross_entropy(scale * u @ torch.cat([v, w]).T, own)
    to_images = F.cross_entropy(scale * v @ u.T, own)
    return (to_texts + to_images) / 2


def soft_cross_entropy(logits, similarity):
    return -(F.softmax(similarity, dim=1) * F.log_softmax(logits, dim=1)).sum() / logits.shape[0]


def semantic_matching(p, images, texts, image_labels, text_labels):
    logits = p["logit_scale"].exp() * encode(p, "image", images) @ encode(p, "text", texts).T
    similarity = image_labels @ text_labels.T
    to_texts = soft_cross_entropy(logits, similarity)
    to_images = soft_cross_entropy(logits.T, similarity.T)
    return (to_texts + to_images) / 2


def rate(step):
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    return PEAK * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / (STEPS - WARMUP)))


def flat(tensor):
    return [float(x) for x in tensor.detach().reshape(-1)]


def train(name, inputs, loss_of):
    p = {
        "image.weight": torch.randn(DIM, IMAGE) * 0.3,
        "image.bias": torch.randn(DIM) * 0.1,
        "text.weight": torch.randn(DIM, TEXT) * 0.3,
        "text.bias": torch.randn(DIM) * 0.1,
        "logit_scale": torch.tensor(math.log(1 / 0.07)),
    }
    p = {name: tensor.requires_grad_() for name, tensor in p.items()}
    record = {
        **{key: flat(tensor) for key, tensor in inputs.items()},
        "shapes": {key: list(tensor.shape) for key, tensor in inputs.items()},
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
        loss = loss_of(p, *inputs.values())
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(list(p.values()), CLIP)))
        optimiser.step()
        with torch.no_grad():
            p["logit_scale"].clamp_(0, math.log(100))
        losses.append(float(loss.detach()))
        rates.append(rate(step))
    record["losses"], record["norms"], record["rates"] = losses, norms, rates
    record["final"] = {name: flat(t) for name, t in p.items()}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(record, indent=None) + "\n")
    print(f"{name}: loss {losses[0]:.4f} -> {losses[-1]:.4f}, largest norm {max(norms):.2f}")


def main():
    torch.set_num_threads(1)
    torch.manual_seed(20260101)
    train(
        "adamw_and_infonce.json",
        {
            "images": torch.randn(PAIRS, IMAGE),
            "texts": torch.randn(PAIRS, TEXT),
            "negatives": torch.randn(NEGATIVES, TEXT),
        },
        info_nce,
    )
    torch.manual_seed(20260102)
    train(
        "adamw_and_soft_targets.json",
        {
            "images": torch.randn(PAIRS, IMAGE),
            "texts": torch.randn(SENTENCES, TEXT),
            "image_labels": torch.randint(0, 2, (PAIRS, LABELS)).float(),
            "text_labels": torch.randint(0, 2, (SENTENCES, LABELS)).float(),
        },
        semantic_matching,
    )


if __name__ == "__main__":
    main()
