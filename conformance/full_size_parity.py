"""Writes a full-size CLIP checkpoint with random weights, by transformers, and what it computes.

    python conformance/full_size_parity.py FOLDER [--model vit-b-32|vit-b-16|vit-l-14] [--seed N]

FOLDER receives a complete Hugging Face folder (config.json, model.safetensors, tokenizer.json,
preprocessor_config.json) and expected.safetensors: pixels [8, 3, 224, 224], ids [8, 77], lengths,
pooled, and in float32 image_embeds, text_embeds, logits_per_image. Some 600 MB; not committed.
`benchmarks/parity FOLDER` then compares; docs/parity.md holds the results.
"""

import argparse
import pathlib

import torch
from safetensors.torch import save_file
from transformers import CLIPConfig, CLIPModel

from clip_checkpoints import complete, pooled

VISION = {
    "vit-b-32": dict(patch_size=32),
    "vit-b-16": dict(patch_size=16),
    "vit-l-14": dict(
        patch_size=14, hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16
    ),
}
TEXT = {"vit-l-14": dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12)}


def randomise(model, seed):
    """transformers' own initial weights, made to matter: norms and biases moved off 1 and 0, blocks
    strong enough that different inputs end far apart."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
            elif ".layers." in name or "patch_embedding" in name:
                parameter.mul_(2.5)


def inputs(config, seed):
    generator = torch.Generator().manual_seed(seed)
    size = config.vision_config.image_size
    pixels = torch.randn((8, 3, size, size), generator=generator)
    lengths = [77, 5, 12, 33, 8, 20, 77, 3]
    ids = torch.full((len(lengths), 77), config.text_config.eos_token_id)
    for row, length in enumerate(lengths):
        ids[row, 0] = config.text_config.bos_token_id
        ids[row, 1 : length - 1] = torch.randint(0, 49406, (length - 2,), generator=generator)
    return pixels, ids, torch.tensor(lengths)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--model", choices=VISION, default="vit-b-32")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    config = CLIPConfig(
        text_config=TEXT.get(arguments.model, {}),
        vision_config=VISION[arguments.model],
        projection_dim=768 if arguments.model == "vit-l-14" else 512,
    )
    model = CLIPModel(config).eval()
    randomise(model, arguments.seed)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(arguments.folder)
    complete(arguments.folder, config)
    pixels, ids, lengths = inputs(config, arguments.seed)
    with torch.no_grad():
        result = model(input_ids=ids, pixel_values=pixels, attention_mask=torch.ones_like(ids))
    save_file(
        {
            "pixels": pixels, "ids": ids, "lengths": lengths, "pooled": pooled(ids, config),
            "image_embeds": result.image_embeds, "text_embeds": result.text_embeds,
            "logits_per_image": result.logits_per_image.contiguous(),
        },
        arguments.folder / "expected.safetensors",
    )
    size = (arguments.folder / "model.safetensors").stat().st_size
    print(f"{arguments.model}: {size / 1e6:.0f} MB of weights in {arguments.folder}")


if __name__ == "__main__":
    main()
