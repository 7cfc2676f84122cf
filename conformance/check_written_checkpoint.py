"""Loads a checkpoint that Auscult wrote into transformers and compares what both compute.

    benchmarks/embed-sample FOLDER SAMPLE.safetensors
    python conformance/check_written_checkpoint.py FOLDER SAMPLE.safetensors

FOLDER is what `auscult pretrain` leaves (config.json, model.safetensors, tokenizer.json,
preprocessor_config.json). SAMPLE, written by the first command, holds pixels [n, 3, h, w], ids
[m, padded] with lengths [m], Auscult's image_embeds and text_embeds, logit_scale, and in its
metadata the texts (a JSON array). Prints the differences; ends with code 1 if an embedding differs
by more than 2e-5, the logit scale by more than 1e-6 of it, or any token id.
"""

import json
import sys

import torch
from safetensors import safe_open
from transformers import AutoImageProcessor, AutoTokenizer, CLIPModel


def main(folder, sample):
    with safe_open(sample, "pt") as file:
        ours = {name: file.get_tensor(name) for name in file.keys()}
        texts = json.loads(file.metadata()["texts"])
    model, info = CLIPModel.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    problems = {key: value for key, value in info.items() if value}
    print("loading:", problems or "every tensor found its place")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    context = model.config.text_config.max_position_embeddings
    encoded = tokenizer(texts, truncation=True, max_length=context)["input_ids"]
    lengths = ours["lengths"].tolist()
    different = [t for t, row, n, ids in zip(texts, ours["ids"].tolist(), lengths, encoded) if row[:n] != ids]
    print(f"token ids: {len(different)} of {len(texts)} texts differ {different[:3]}")
    processor = AutoImageProcessor.from_pretrained(folder)
    print(f"preprocessing: {type(processor).__name__}, {processor.size}, {processor.crop_size}")
    with torch.no_grad():
        result = model.eval()(
            input_ids=ours["ids"], pixel_values=ours["pixels"], attention_mask=torch.ones_like(ours["ids"])
        )
    image = (result.image_embeds - ours["image_embeds"]).abs().max().item()
    text = (result.text_embeds - ours["text_embeds"]).abs().max().item()
    scale = abs(model.logit_scale.exp().item() / ours["logit_scale"].item() - 1)
    print(f"largest difference: image embeddings {image:.2e}, text embeddings {text:.2e}, logit scale {scale:.1e}")
    within = image <= 2e-5 and text <= 2e-5 and scale <= 1e-6 and not different and not problems
    print("agrees" if within else "DIFFERS")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
