"""Writes core/src/test/resources/dev/auscult/adapt/encoder_methods.json.

CoOp and CLIP-LoRA trained by PyTorch in double precision through transformers' CLIPModel, on the
tiny random checkpoint of clip_checkpoints.py (folder "complete"): with labels that exclude each other
(cross-entropy) and with several per sample (logistic loss of each label's logit less that of nothing
found). The file holds inputs, initial values, batches, the loss of every step, and scores of held-out
images; LoRA's dropout is 0 here, everything else is as published:

  CoOp       SGD, momentum 0.9, weight decay 5e-4, one epoch at 1e-5, then CosineAnnealingLR by epochs
  CLIP-LoRA  AdamW, weight decay 1e-2, CosineAnnealingLR down to 1e-6 by updates, scale alpha/sqrt(r)

    python conformance/encoder_methods.py
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from transformers import CLIPModel

ROOT = Path(__file__).resolve().parent.parent / "core/src/test/resources/dev/auscult"
BEGIN, END = 518, 519
CLASSES, SAMPLES, QUERIES, BATCH = 4, 20, 8, 8
CONTEXT, EPOCHS, CONTEXT_RATE = 5, 6, 0.1
RANK, STEPS, RANK_RATE, LEAST_RATE = 2, 15, 1e-2, 1e-6


def model():
    loaded = CLIPModel.from_pretrained(ROOT / "model/clip/complete").double().eval()
    return loaded.requires_grad_(False)


def text_features(clip, ids, context=None):
    """Unit rows; the context stands behind the begin token."""
    rows = []
    for row in ids:
        tower = clip.text_model
        states = tower.embeddings.token_embedding(torch.tensor([row]))
        if context is not None:
            states = torch.cat([states[:, :1], context[None], states[:, 1:]], dim=1)
        length = states.shape[1]
        states = states + tower.embeddings.position_embedding.weight[:length]
        mask = torch.full((length, length), -math.inf, dtype=states.dtype).triu(1)[None, None]
        states = tower.encoder(inputs_embeds=states, attention_mask=mask).last_hidden_state
        rows.append(clip.text_projection(tower.final_layer_norm(states[:, -1])))
    return F.normalize(torch.cat(rows), dim=-1)


def image_features(clip, pixels):
    return F.normalize(clip.get_image_features(pixel_values=pixels).pooler_output, dim=-1)


def batch_loss(logits, labels, multiple):
    """The last column of several labels is that of nothing found."""
    if not multiple:
        return F.cross_entropy(logits, torch.tensor([of[0] for of in labels]))
    truth = torch.zeros(len(labels), CLASSES, dtype=logits.dtype)
    for i, of in enumerate(labels):
        truth[i, of] = 1
    return F.binary_cross_entropy_with_logits(logits[:, :-1] - logits[:, -1:], truth)


def scores(logits, multiple):
    return (logits[:, :-1] - logits[:, -1:]) if multiple else logits


def coop(images, queries, ids, labels, multiple):
    clip = model()
    scale = clip.logit_scale.exp()
    context = nn.Parameter(torch.randn(CONTEXT, 16).mul(0.02).float().double())
    start = context.detach().tolist()
    used = ids if multiple else ids[:-1]
    optimiser = torch.optim.SGD([context], lr=CONTEXT_RATE, momentum=0.9, weight_decay=5e-4)
    cosine = [CONTEXT_RATE * (1 + math.cos(math.pi * e / EPOCHS)) / 2 for e in range(EPOCHS)]
    epochs, losses = [], []
    for rate in [1e-5] + cosine[: EPOCHS - 1]:
        optimiser.param_groups[0]["lr"] = rate
        order = torch.randperm(SAMPLES).tolist()
        batches = [order[i : i + BATCH] for i in range(0, SAMPLES, BATCH)]
        for rows in batches:
            logits = scale * images[rows] @ text_features(clip, used, context).T
            loss = batch_loss(logits, [labels[r] for r in rows], multiple)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        epochs.append({"rate": rate, "batches": batches})
    with torch.no_grad():
        logits = scale * queries @ text_features(clip, used, context).T
    return {"multiple": multiple, "labels": labels, "start": start, "epochs": epochs, "losses": losses,
            "scores": scores(logits, multiple).tolist()}


class LowRank(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        bound = 1 / math.sqrt(base.in_features)
        down = (torch.rand(RANK, base.in_features) * 2 - 1).mul(bound).float().double()
        # Zeros as published would leave the first gradient of A at zero: something else tests more.
        up = torch.randn(base.out_features, RANK).mul(0.05).float().double()
        self.down, self.up = nn.Parameter(down), nn.Parameter(up)

    def forward(self, x):
        return self.base(x) + x @ (self.up @ self.down).T / math.sqrt(RANK)


def apply_low_rank(clip):
    sites = {}
    for branch, tower in (("image", clip.vision_model), ("text", clip.text_model)):
        for number, layer in enumerate(tower.encoder.layers):
            for role, name in (("query", "q_proj"), ("key", "k_proj"), ("value", "v_proj")):
                site = LowRank(getattr(layer.self_attn, name))
                setattr(layer.self_attn, name, site)
                sites[f"{branch}.{number}.{role}"] = site
    return sites


def lora(pixels, queries, ids, labels, multiple):
    clip = model()
    scale = clip.logit_scale.exp()
    sites = apply_low_rank(clip)
    start = {name: {"down": s.down.tolist(), "up": s.up.tolist()} for name, s in sites.items()}
    used = ids if multiple else ids[:-1]
    parameters = [p for site in sites.values() for p in (site.down, site.up)]
    optimiser = torch.optim.AdamW(parameters, lr=RANK_RATE, weight_decay=1e-2, betas=(0.9, 0.999))
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS, eta_min=LEAST_RATE)
    batches, losses, rates = [], [], []
    for _ in range(STEPS):
        rows = torch.randperm(SAMPLES)[:BATCH].tolist()
        logits = scale * image_features(clip, pixels[rows]) @ text_features(clip, used).T
        loss = batch_loss(logits, [labels[r] for r in rows], multiple)
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        batches.append(rows)
        losses.append(loss.item())
    with torch.no_grad():
        logits = scale * image_features(clip, queries) @ text_features(clip, used).T
    return {"multiple": multiple, "labels": labels, "start": start, "rates": rates, "batches": batches,
            "losses": losses, "scores": scores(logits, multiple).tolist()}


def check_text_features(clip, ids):
    """Ours with no context is transformers' own."""
    for row in ids:
        own = F.normalize(clip.get_text_features(input_ids=torch.tensor([row])).pooler_output, dim=-1)
        assert torch.allclose(own, text_features(clip, [row]), atol=1e-12)


def main():
    torch.manual_seed(20)
    torch.set_default_dtype(torch.float32)
    clip = model()
    words = [torch.randint(1, 500, (int(n),)).tolist() for n in (3, 1, 6, 2, 4)]
    ids = [[BEGIN, *of, END] for of in words]  # the last is that of nothing found
    check_text_features(clip, ids)
    images = F.normalize(torch.randn(SAMPLES, 16), dim=-1).double()
    queries = F.normalize(torch.randn(QUERIES, 16), dim=-1).double()
    pixels = torch.randn(SAMPLES + QUERIES, 3, 16, 16).mul(10**2).round().div(10**2).double()
    single = [[i % CLASSES] for i in range(SAMPLES)]
    several = [sorted({i % CLASSES, (i * i + 1) % CLASSES}) if i % 5 else [] for i in range(SAMPLES)]
    record = {
        "ids": ids, "images": images.tolist(), "queries": queries.tolist(),
        "pixels": [[round(v, 2) for v in one] for one in pixels.flatten(1).tolist()],
        "samples": SAMPLES, "logit_scale": clip.logit_scale.exp().item(), "context_rate": CONTEXT_RATE,
        "rank_rate": RANK_RATE,
        "coop": [coop(images, queries, ids, single, False), coop(images, queries, ids, several, True)],
        "lora": [
            lora(pixels[:SAMPLES], pixels[SAMPLES:], ids, single, False),
            lora(pixels[:SAMPLES], pixels[SAMPLES:], ids, several, True),
        ],
    }
    out = ROOT / "adapt/encoder_methods.json"
    out.write_text(json.dumps(record) + "\n")
    for name in ("coop", "lora"):
        print(name, [f"{case['losses'][0]:.4f} -> {case['losses'][-1]:.4f}" for case in record[name]])


if __name__ == "__main__":
    main()
