"""What the scripts share that write small checkpoints in the layouts of public models.

A case is a folder below core/src/test/resources/dev/auscult/model/zoo with the model's files under
their published names in model/, and expected.safetensors:
  pixels [2, 3, s, s]      what the reference's own preprocessing makes of images/tall.png and wide.png
  ids [5, longest], lengths [5]   what the reference's tokenizer makes of TEXTS, filled with -1
  image_embeds [2, d], text_embeds [5, d]   unit rows, computed by the reference in float32
  scores [2, 5]            what the reference's score function makes of them
"""

import json
import pathlib
import shutil

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/model/zoo"
TEXTS = [
    "Small left pleural effusion.",
    "no finding",
    "a",
    "Cardiomegaly; no consolidation, no pneumothorax. T 38.5 °C, naïve résumé",
    "",
]


def images():
    """Two synthetic images, a tall gray one and a wide one in colour."""
    folder = OUT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:61, 0:43]
    tall = 127 + 90 * np.sin(x / 5.0) * np.cos(y / 9.0) + 30 * ((x // 7 + y // 11) % 2)
    y, x = np.mgrid[0:50, 0:90]
    wide = np.stack([120 + 100 * np.sin(x / 8 + c) * np.cos(y / (6 + c)) for c in range(3)], -1)
    for name, array in (("tall", tall), ("wide", wide)):
        path = folder / f"{name}.png"
        Image.fromarray(np.clip(array, 0, 255).astype(np.uint8)).save(path, optimize=True)
    return [Image.open(folder / f"{name}.png") for name in ("tall", "wide")]


def randomise(module, seed, gain=1.2):
    """Weights wide enough that every tensor matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
            if not tensor.is_floating_point() or "mask" in name:
                continue
            noise = torch.randn(tensor.shape, generator=generator)
            if name.endswith("logit_scale"):
                tensor.fill_(2.5)
            elif name.endswith("logit_bias"):
                tensor.fill_(-3.25)
            elif name.endswith("running_var"):
                tensor.copy_(1 + 0.3 * noise.abs())
            elif tensor.dim() <= 1 and name.endswith(("weight", "gamma", "lambda1")):
                tensor.copy_(1 + 0.3 * noise)
            elif tensor.dim() <= 1:
                tensor.copy_(0.3 * noise)
            elif "embed" in name or "class" in name or "pos" in name or "token" in name:
                tensor.copy_(0.5 * noise)
            else:
                tensor.copy_(noise * gain * tensor[0].numel() ** -0.5)
    return module.eval()


def folder(name):
    path = OUT / name / "model"
    shutil.rmtree(path.parent, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def unit(features):
    return torch.nn.functional.normalize(features.float(), dim=-1)


def expect(path, pixels, rows, image_features, text_features, scores):
    """Writes expected.safetensors; rows are unpadded ids."""
    ids = torch.full((len(rows), max(map(len, rows))), -1, dtype=torch.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    save_file(
        {
            "pixels": pixels.float().contiguous(), "ids": ids, "lengths": torch.tensor([len(row) for row in rows]),
            "image_embeds": unit(image_features).contiguous(), "text_embeds": unit(text_features).contiguous(),
            "scores": scores.float().contiguous(),
        },
        path.parent / "expected.safetensors",
    )
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    for file in files:
        file.chmod(0o644)
    print(path.parent.name, sum(file.stat().st_size for file in files), "bytes")


def padded(rows, pad, length=None):
    length = length or max(map(len, rows))
    return torch.tensor([row + [pad] * (length - len(row)) for row in rows])


def write_json(path, content):
    path.write_text(json.dumps(content, indent=2) + "\n")
