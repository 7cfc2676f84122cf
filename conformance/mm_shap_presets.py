"""The presets mm-shap-2023 and paper-2026 on a tiny CLIP checkpoint, by transformers and shap.

Writes core/src/test/resources/dev/auscult/balance/mm-shap.json: pixels of one image, a text, and for
each preset shap's PermutationExplainer on the masked model, text ids first and image cells after
them, as the code of Parcalabescu and Frank 2023 (mm-shap_clip_dataset.py) orders them:
  mm-shap-2023  absent ids become 0 but begin and end stay; p x p cells of floor(size / p) pixels,
                p = ceil(sqrt(ids)); absent cells are zeros of the normalised input; the score is
                logits_per_image; 10 permutations
  paper-2026    the model's own patches, absent ids become the padding id, one permutation. CLIP's
                padding id is its end id, and transformers reads a text at its first end: the text is
                read at its own end here, as the preset does.
Also the Gaussian blur of the same image by SciPy, the mask "blur".

Run: python conformance/mm_shap_presets.py
"""

import json
import math
import pathlib

import numpy as np
import scipy.ndimage
import shap
import torch
from tokenizers import Tokenizer
from transformers import CLIPModel

ROOT = pathlib.Path(__file__).parents[1] / "core/src/test/resources/dev/auscult"
MODEL = ROOT / "model/clip/complete"
TEXT = "no effusion"
# what the audit draws for sample "sample" under seed 1; a line of attributions.jsonl records it
SEED = 2098671299


def preprocess(rgb):
    config = json.loads((MODEL / "preprocessor_config.json").read_text())
    mean, std = (np.array(config[key]) for key in ("image_mean", "image_std"))
    return torch.tensor(((rgb / 255 - mean) / std).transpose(2, 0, 1)[None], dtype=torch.float32)


class Masked:
    """The score over rows of ids and cell numbers, 0 where a cell is absent."""

    def __init__(self, model, pixels, ids, cells, cell):
        self.model, self.pixels, self.ids, self.cells, self.cell = model, pixels, ids, cells, cell

    def score(self, ids, pixels):
        return self.model(input_ids=ids, pixel_values=pixels, attention_mask=torch.ones_like(ids)).logits_per_image

    @torch.inference_mode()
    def __call__(self, rows):
        scores = []
        for row in np.asarray(rows):
            ids = torch.tensor(row[: len(self.ids)])[None]
            pixels = self.pixels.clone()
            for k in np.flatnonzero(row[len(self.ids) :] == 0):
                top, left = k // self.cells * self.cell, k % self.cells * self.cell
                pixels[:, :, top : top + self.cell, left : left + self.cell] = 0
            scores.append(self.score(ids, pixels).item())
        return np.array(scores)


class ReadAtItsEnd(Masked):
    def score(self, ids, pixels):
        states = self.model.text_model(input_ids=ids).last_hidden_state[:, -1]
        text = self.model.text_projection(states)
        image = self.model.visual_projection(self.model.vision_model(pixels).pooler_output)
        return self.model.logit_scale.exp() * torch.nn.functional.cosine_similarity(image, text)


def explain(masked, mask_id, permutations):
    n = len(masked.ids)

    def masker(mask, row):
        masked_row = np.where(mask, row, np.where(np.arange(len(row)) < n, mask_id, 0))
        masked_row[[0, n - 1]] = row[[0, n - 1]]
        return (masked_row[None],)

    row = np.concatenate([masked.ids, np.arange(1, masked.cells**2 + 1)])
    explainer = shap.explainers.Permutation(masked, masker, seed=SEED)
    explanation = explainer(row[None], max_evals=permutations * (2 * len(row) + 1), silent=True, batch_size=64)
    return {
        "text": explanation.values[0][:n].tolist(), "image": explanation.values[0][n:].tolist(),
        "empty": float(explanation.base_values[0]), "full": float(masked(row[None])[0]),
    }


def main():
    torch.set_num_threads(1)
    model = CLIPModel.from_pretrained(MODEL).eval()
    size, patch = model.config.vision_config.image_size, model.config.vision_config.patch_size
    rgb = np.random.RandomState(7).randint(0, 256, (size, size, 3))
    pixels = preprocess(rgb)
    ids = np.array(Tokenizer.from_file(str(MODEL / "tokenizer.json")).encode(TEXT).ids)
    p = math.ceil(math.sqrt(len(ids)))
    blurred = scipy.ndimage.gaussian_filter(
        pixels[0].double().numpy(), sigma=(0, size / 16, size / 16), mode="nearest", truncate=4
    )
    fixture = {
        "shap": shap.__version__,
        "seed": SEED,
        "text": TEXT,
        "rgb": rgb.reshape(-1).tolist(),
        "blurred": np.round(blurred.reshape(-1), 7).tolist(),
        "mm-shap-2023": explain(Masked(model, pixels, ids, p, size // p), 0, 10),
        "paper-2026": explain(
            ReadAtItsEnd(model, pixels, ids, size // patch, patch), model.config.text_config.pad_token_id, 1
        ),
    }
    target = ROOT / "balance/mm-shap.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
