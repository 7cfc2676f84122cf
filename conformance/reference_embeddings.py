"""Stores what transformers computes of the test image and the test text of `auscult models verify`.

Writes core/src/main/resources/dev/auscult/model/references.json: by the SHA-256 of the weight file,
the size of the images and the leading features of both embeddings. Without arguments it covers the models that come with
Auscult; folders with other checkpoints in Hugging Face layout can be named.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from transformers import AutoTokenizer, CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

RESOURCES = pathlib.Path(__file__).parent.parent / "core/src/main/resources/dev/auscult/model"
TEXT = "Small left pleural effusion."
FEATURES = 16


def test_image():
    y, x, c = np.mgrid[0:48, 0:64, 0:3]
    return Image.fromarray(((7 * x + 13 * y + 29 * c) % 256).astype(np.uint8))


@torch.inference_mode()
def entry(folder):
    model = CLIPModel.from_pretrained(folder).eval()
    pixels = CLIPImageProcessorPil.from_pretrained(folder)(test_image(), return_tensors="pt")["pixel_values"]
    ids = AutoTokenizer.from_pretrained(folder)(TEXT, return_tensors="pt")["input_ids"]
    result = model(input_ids=ids, pixel_values=pixels)
    return {
        "image_size": model.config.vision_config.image_size,
        "image": [round(value, 8) for value in result.image_embeds[0, :FEATURES].tolist()],
        "text": [round(value, 8) for value in result.text_embeds[0, :FEATURES].tolist()],
    }


def main():
    path = RESOURCES / "references.json"
    stored = {}
    folders = [pathlib.Path(name) for name in sys.argv[1:]] or sorted((RESOURCES / "phantom").iterdir())
    if sys.argv[1:]:
        stored = json.loads(path.read_text())
    for folder in folders:
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        stored[digest] = entry(folder)
        print(folder.name, digest[:12])
    path.write_text(json.dumps(stored, indent=1) + "\n")


if __name__ == "__main__":
    main()
