"""Small SigLIP and DINOv2 checkpoints as transformers saves them, with what its classes compute.
SigLIP's texts go through a SentencePiece model of its own, trained here.

Writes the cases siglip and dinov2 (images only); see zoo.py.
"""

import torch
from transformers import Dinov2Config, Dinov2Model, SiglipConfig, SiglipModel
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

import zoo
from tokenizer_families import siglip as siglip_tokenizer

CORPUS = zoo.OUT.parent.parent / "text/corpus.txt"
CONTEXT, SIZE = 16, 32


def siglip(seed):
    path = zoo.folder("siglip")
    tokenizer = siglip_tokenizer(CORPUS.read_text().splitlines(), path)
    rows = [tokenizer(text, truncation=True, max_length=CONTEXT)["input_ids"] for text in zoo.TEXTS]
    small = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48)
    config = SiglipConfig(
        text_config=dict(
            **small, vocab_size=len(tokenizer), max_position_embeddings=CONTEXT, pad_token_id=tokenizer.pad_token_id
        ),
        vision_config=dict(**small, image_size=SIZE, patch_size=8),
    )
    model = zoo.randomise(SiglipModel(config), seed)
    model.save_pretrained(path)
    processor = SiglipImageProcessorPil(size={"height": SIZE, "width": SIZE})
    processor.save_pretrained(path)
    pixels = processor([image.convert("RGB") for image in zoo.images()], return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        result = model(input_ids=zoo.padded(rows, tokenizer.pad_token_id, CONTEXT), pixel_values=pixels)
    zoo.expect(path, pixels, rows, result.image_embeds, result.text_embeds, result.logits_per_image)


def dinov2(seed):
    path = zoo.folder("dinov2")
    config = Dinov2Config(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=28, patch_size=7, mlp_ratio=2)
    model = zoo.randomise(Dinov2Model(config), seed)
    model.save_pretrained(path)
    processor = BitImageProcessorPil(
        size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}, image_mean=[0.53] * 3, image_std=[0.25] * 3
    )
    processor.save_pretrained(path)
    pixels = processor([image.convert("RGB") for image in zoo.images()], return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        features = model(pixel_values=pixels).last_hidden_state[:, 0]
    zoo.expect(path, pixels, [[0]], features, torch.ones(1, features.shape[1]), torch.zeros(2, 1))


def main():
    siglip(21)
    dinov2(22)


if __name__ == "__main__":
    main()
