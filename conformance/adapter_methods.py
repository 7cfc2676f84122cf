"""Writes core/src/test/resources/dev/auscult/adapt/adapter_methods.json.

Small adaptation problems trained by PyTorch in double precision: SCALE in several settings (single
and multiple labels, canonical and first-in-batch columns, one adapter and two in a row, normalised
and raw rows, mean and sum), CLIP-Adapter, Tip-Adapter-F and LP++. Losses are written out from their
definitions, a sample with several labels as that many copies. The file holds inputs, initial values,
batches, the loss of every step, and scores of held-out images.

    python conformance/adapter_methods.py
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

OUT = (
    Path(__file__).resolve().parent.parent
    / "core/src/test/resources/dev/auscult/adapt/adapter_methods.json"
)
D, HIDDEN, SAMPLES, QUERIES, BATCH, STEPS = 12, 5, 24, 10, 10, 25
CLASS_OF, CONCEPT_OF = [0, 0, 1, 2, 2], [0, 1, 1, 0, 2]
COMBINATION_OF = [0, 0, 1, 2, 2, 2, 3, 4, 4]  # of each prompt
LOGIT_SCALE, RATE = 14.0, 5e-3


def unit(*shape):
    # Rounded to what the tests read: single precision.
    return F.normalize(torch.randn(*shape), dim=-1).float().double()


def uniform(fan_in, *shape):
    return ((torch.rand(*shape) * 2 - 1) / math.sqrt(fan_in)).float().double()


def adapt(layers, rows):
    for layer in layers:
        alpha = torch.sigmoid(layer["a"])
        rows = alpha * (F.relu(rows @ layer["down"].T) @ layer["up"]) + (1 - alpha) * rows
    return F.normalize(rows, dim=-1)


def new_layers(depth):
    return [
        {
            "down": uniform(D, HIDDEN, D),
            "up": uniform(HIDDEN, HIDDEN, D),
            "a": torch.tensor(math.log(0.2 / 0.8)).float().double(),
        }
        for _ in range(depth)
    ]


def supcon(rows, labels, owners, tau, normalise, reduction):
    """Rows are copies: one per label; owners say of whom."""
    if normalise:
        rows = F.normalize(rows, dim=-1)
    losses = []
    for i in range(len(rows)):
        others = [s for s in range(len(rows)) if owners[s] != owners[i]]
        positives = [p for p in others if labels[p] == labels[i]]
        if positives:
            similar = rows @ rows[i] / tau
            losses.append(torch.logsumexp(similar[others], 0) - similar[positives].mean())
    if not losses:
        return rows.sum() * 0
    return torch.stack(losses).mean() if reduction == "mean" else torch.stack(losses).sum()


def grouped_ce(z, present, group_of, labels, reduction):
    groups = sorted({group_of[h] for h in present})
    scores = torch.stack(
        [z[:, [k for k, h in enumerate(present) if group_of[h] == g]].max(dim=1).values for g in groups],
        dim=1,
    )
    target = torch.tensor([groups.index(group_of[label]) for label in labels])
    return F.cross_entropy(scores, target, reduction=reduction)


def scale_loss(q, prompts, labels, columns, setting):
    copies = [(i, label) for i, of in enumerate(labels) for label in of]
    owners, own = [c[0] for c in copies], [c[1] for c in copies]
    present = [h for h in range(5) if columns[h] >= 0]
    z = setting["scale"] * q[owners][:, [columns[h] for h in present]]
    l1, l2, l3, l4 = setting["lambda"]
    tau, norm, red = setting["tau"], setting["normalise"], setting["reduction"]
    of_text = [COMBINATION_OF[p] for p in prompts]
    return (
        grouped_ce(z, present, list(range(5)), own, red)
        + l1 * grouped_ce(z, present, CONCEPT_OF, own, red)
        + l2 * grouped_ce(z, present, CLASS_OF, own, red)
        + l3 * supcon(q[owners], own, owners, tau, norm, red)
        + l4 * supcon(q.T, of_text, list(range(len(of_text))), tau, norm, red)
    )


def batch_of(labels, first_in_batch):
    rows = torch.randperm(SAMPLES)[:BATCH].tolist()
    paired = []
    for row in rows:
        of = []
        for label in labels[row]:
            options = [p for p, h in enumerate(COMBINATION_OF) if h == label]
            of.append(options[int(torch.randint(len(options), (1,)))])
        paired.append(of)
    prompts = [] if first_in_batch else [COMBINATION_OF.index(h) for h in range(5)]
    for of in paired:
        for p in of:
            if p not in prompts:
                prompts.append(p)
    columns = [next((k for k, p in enumerate(prompts) if COMBINATION_OF[p] == h), -1) for h in range(5)]
    return rows, paired, prompts, columns


def layers_json(layers):
    return [{k: v.tolist() for k, v in layer.items()} for layer in layers]


def scale(images, queries, texts, none, labels, setting):
    image, text = new_layers(setting["depth"]), new_layers(setting["depth"])
    start = {"image": layers_json(image), "text": layers_json(text)}
    parameters = [t.requires_grad_() for layer in image + text for t in layer.values()]
    optimiser = torch.optim.Adam(parameters, lr=RATE)
    batches, losses = [], []
    for _ in range(STEPS):
        rows, paired, prompts, columns = batch_of(labels, setting["first_in_batch"])
        q = adapt(image, images[rows]) @ adapt(text, texts[prompts]).T
        loss = scale_loss(q, prompts, [labels[r] for r in rows], columns, setting)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        batches.append({"rows": rows, "prompts": paired})
        losses.append(float(loss.detach()))
    with torch.no_grad():
        canonical = [COMBINATION_OF.index(h) for h in range(5)]
        scores = LOGIT_SCALE * adapt(image, queries) @ adapt(text, texts[canonical]).T
        if setting["multiple"]:
            scores = scores - LOGIT_SCALE * adapt(image, queries) @ adapt(text, none).T
    return {"setting": setting, "labels": labels, "start": start, "batches": batches,
            "losses": losses, "scores": scores.tolist()}


def class_texts(texts):
    return torch.stack([
        F.normalize(texts[[p for p, h in enumerate(COMBINATION_OF) if h == c]].mean(0), dim=-1)
        for c in range(5)
    ])


def class_loss(logits, labels, multiple):
    if not multiple:
        return F.cross_entropy(logits, torch.tensor([of[0] for of in labels]))
    truth = torch.tensor([[1.0 if c in of else 0.0 for c in range(5)] for of in labels]).double()
    return F.binary_cross_entropy_with_logits(logits, truth)


def logits_of(raw, multiple):
    return raw[:, :-1] - raw[:, -1:] if multiple else raw


def columns(texts, none, multiple):
    w = class_texts(texts)
    return torch.cat([w, none]) if multiple else w


def clip_adapter(images, queries, texts, none, labels, multiple):
    w = columns(texts, none, multiple)
    down, up = uniform(D, HIDDEN, D), uniform(HIDDEN, HIDDEN, D)
    start = {"down": down.tolist(), "up": up.tolist()}
    optimiser = torch.optim.Adam([down.requires_grad_(), up.requires_grad_()], lr=RATE)

    def logits(rows):
        moved = 0.2 * F.relu(F.relu(rows @ down.T) @ up) + 0.8 * rows
        return logits_of(LOGIT_SCALE * F.normalize(moved, dim=-1) @ w.T, multiple)

    batches, losses = [], []
    for _ in range(STEPS):
        rows = torch.randperm(SAMPLES)[:BATCH].tolist()
        loss = class_loss(logits(images[rows]), [labels[r] for r in rows], multiple)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        batches.append(rows)
        losses.append(float(loss.detach()))
    return {"multiple": multiple, "labels": labels, "start": start, "batches": batches,
            "losses": losses, "scores": logits(queries).detach().tolist()}


def tip(images, queries, texts, none, labels, multiple):
    w = columns(texts, none, multiple)
    values = torch.zeros(SAMPLES, len(w)).double()
    for i, of in enumerate(labels):
        values[i, of if of else [len(w) - 1]] = 1
    a, b = 1.17, 1.0
    keys = images.clone().requires_grad_()
    optimiser = torch.optim.AdamW([keys], lr=RATE, eps=1e-4, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)

    def logits(rows, k):
        cache = a * torch.exp(-b * (1 - rows @ k.T)) @ values
        return logits_of(LOGIT_SCALE * rows @ w.T + cache, multiple)

    fixed = logits(queries, images).tolist()
    batches, losses = [], []
    for _ in range(STEPS):
        rows = torch.randperm(SAMPLES)[:BATCH].tolist()
        loss = class_loss(logits(images[rows], keys), [labels[r] for r in rows], multiple)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        batches.append(rows)
        losses.append(float(loss.detach()))
    return {"multiple": multiple, "labels": labels, "batches": batches, "losses": losses,
            "fixed": fixed, "scores": logits(queries, keys).detach().tolist()}


def lp(images, queries, texts, none, labels, multiple):
    t = class_texts(texts) - (none if multiple else 0)
    by_text = images @ t.T
    member = torch.tensor([[1.0 if c in of else 0.0 for c in range(5)] for of in labels]).double()
    w = (member.T @ images).requires_grad_()
    bias = torch.zeros(5).double().requires_grad_()
    first = 250 * ((member * by_text).sum(0) / member.sum(0)).mean()
    a = torch.full((5,), float(first)).double().requires_grad_()
    rate = 4 * SAMPLES / float(torch.linalg.eigvalsh(images.T @ images).max())
    share_rate = SAMPLES / (4 * float(by_text.pow(2).sum(0).max()))
    optimiser = torch.optim.SGD([w, bias], lr=rate, momentum=0.9)
    losses = []
    for step in range(1, STEPS + 1):
        loss = class_loss(images @ w.T + bias + a * by_text, labels, multiple)
        optimiser.zero_grad()
        a.grad = None
        loss.backward()
        optimiser.step()
        if step % 10 == 0:
            a.data -= share_rate * a.grad
        losses.append(float(loss.detach()))
    scores = queries @ w.T + bias + a * (queries @ t.T)
    return {"multiple": multiple, "labels": labels, "losses": losses, "scores": scores.detach().tolist()}


def main():
    torch.manual_seed(20260101)
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    images, queries, texts, none = unit(SAMPLES, D), unit(QUERIES, D), unit(9, D), unit(1, D)
    single = [[i % 5] for i in range(SAMPLES)]
    several = [sorted({i % 5, (i * i) % 5}) if i % 7 else [] for i in range(SAMPLES)]
    labelled = [of or [1] for of in several]
    base = {"multiple": False, "depth": 1, "first_in_batch": False, "normalise": True, "tau": 0.1,
            "reduction": "mean", "lambda": [1.0, 1.0, 0.5, 0.5], "scale": LOGIT_SCALE}
    settings = [
        base,
        base | {"first_in_batch": True, "scale": 1 / 0.07},
        base | {"depth": 2, "normalise": False, "tau": 0.5},
        base | {"reduction": "sum", "lambda": [0.3, 0.7, 0.2, 0.9]},
        base | {"multiple": True},
        base | {"multiple": True, "first_in_batch": True, "normalise": False, "reduction": "sum"},
    ]
    data = (images, queries, texts, none)
    record = {
        "images": images.tolist(), "queries": queries.tolist(), "texts": texts.tolist(),
        "none": none.tolist(), "class_of": CLASS_OF, "concept_of": CONCEPT_OF,
        "combination_of": COMBINATION_OF, "logit_scale": LOGIT_SCALE, "rate": RATE,
        "scale": [scale(*data, labelled if s["multiple"] else single, s) for s in settings],
    }
    for name, method in (("clip_adapter", clip_adapter), ("tip", tip), ("lp", lp)):
        record[name] = [method(*data, single, False), method(*data, several, True)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(record) + "\n")
    for name in ("scale", "clip_adapter", "tip", "lp"):
        print(name, [f"{case['losses'][0]:.4f} -> {case['losses'][-1]:.4f}" for case in record[name]])


if __name__ == "__main__":
    main()
