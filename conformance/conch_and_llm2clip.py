"""Small random checkpoints of CONCH and of LLM2CLIP's image encoder, with what their published definitions compute.

Writes the cases conch and llm2clip (images only); see zoo.py.

CONCH is put together as create_model of its authors' code does (mahmoodlab/CONCH, coca_model.py and
vision_tower.py): timm's VisionTransformer whose tokens, class token included, open_clip's AttentionalPooler asks with
one query and eight heads, then a normalisation and a product; open_clip's TextTransformer with CoCa's class token. The
class token's mask is the one their code has, which lets it see the first filled position too. A second pooler and a
decoder serve captioning only; of the decoder, which is not published, one tensor is there to be ignored.

LLM2CLIP's image encoder is CLIP's: transformers' CLIPVisionModelWithProjection. The adapter of its language model lies
in the same file; the names of its tensors here are made up, since whatever lies outside of the image encoder is ignored.
"""

import json

import timm.models.vision_transformer as timm_transformer
import torch
from open_clip.transformer import AttentionalPooler, TextTransformer
from safetensors.torch import save_file
from tokenizers import normalizers, processors
from torch import nn
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, PreTrainedTokenizerFast
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

import published_models
import tokenizer_families
import zoo
from model_transforms import BICUBIC, CLIP_CHANNELS, torchvision

SIZE, WIDTH, SHARED, POSITIONS = 32, 64, 32, 24


def tokenizer(path):
    """As tokenizer_families.py makes it, with fewer pieces, under the name of the authors' file."""
    plain = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()])
    specials = ["<pad>", "<start_of_text>", "<end_of_text>", "<|person|>"]
    made = tokenizer_families.byte_level(zoo.TEXTS, specials, plain, True)
    made.post_processor = processors.TemplateProcessing(
        single="<start_of_text> $A <end_of_text>", special_tokens=[("<start_of_text>", 1), ("<end_of_text>", 2)])
    file = path / "conch_byte_level_bpe_uncased.json"
    tokenizer_families.write_json(file, json.loads(made.to_str()))
    return PreTrainedTokenizerFast(
        tokenizer_file=str(file), bos_token="<start_of_text>", eos_token="<end_of_text>", pad_token="<pad>")


def conch_text(ids, tower, pad=0):
    """TextTransformer's forward as CONCH has it: only the class token does not see what follows the text."""
    length = ids.shape[1] + 1
    states = torch.cat([tower.token_embedding(ids), tower.cls_emb.reshape(1, 1, -1).repeat(len(ids), 1, 1)], 1)
    mask = torch.full((length, length), float("-inf")).triu_(1).repeat(len(ids), 1, 1)
    unseen = torch.nn.functional.pad(ids == pad, (1, 0), value=False)
    mask[:, -1].masked_fill_(unseen, float("-inf"))
    states = tower.transformer(
        states + tower.positional_embedding[:length], attn_mask=mask.repeat_interleave(tower.heads, 0))
    return tower.ln_final(states[:, -1]) @ tower.text_projection


def conch(seed):
    path = zoo.folder("conch")
    tokens = tokenizer(path)
    model = nn.Module()
    model.visual = nn.Module()
    model.visual.trunk = timm_transformer.VisionTransformer(
        img_size=SIZE, patch_size=8, embed_dim=WIDTH, depth=2, num_heads=1, mlp_ratio=0.5, num_classes=0, dynamic_img_size=True)
    model.visual.attn_pool_contrast = AttentionalPooler(SHARED, WIDTH, n_head=8, n_queries=1)
    model.visual.ln_contrast = nn.LayerNorm(SHARED)
    model.visual.proj_contrast = nn.Parameter(torch.empty(SHARED, SHARED))
    model.visual.attn_pool_caption = AttentionalPooler(16, WIDTH, n_head=8, n_queries=4)
    model.visual.ln_caption = nn.LayerNorm(16)
    model.text = TextTransformer(
        context_length=POSITIONS - 1, vocab_size=len(tokens), width=WIDTH, heads=1, layers=2, mlp_ratio=0.5,
        output_dim=SHARED, embed_cls=True)
    model.logit_scale = nn.Parameter(torch.tensor(0.0))
    published_models.rounded(model, seed)
    state = {name: tensor for name, tensor in model.state_dict().items() if not name.endswith("attn_mask")}
    state["text_decoder.ln_final.weight"] = torch.ones(16)
    torch.save(published_models.half(state), path / "pytorch_model.bin")
    pixels = published_models.pixels(torchvision(SIZE, BICUBIC, *CLIP_CHANNELS))
    rows = [tokens(text, truncation=True, max_length=POSITIONS - 1)["input_ids"] for text in zoo.TEXTS]

    def embed_images(images):
        visual = model.visual
        pooled = visual.attn_pool_contrast(visual.trunk.forward_features(images))[:, 0]
        return visual.ln_contrast(pooled) @ visual.proj_contrast

    def embed_text(ids):
        padded = zoo.padded(ids.tolist(), 0, POSITIONS - 1)
        features = conch_text(padded, model.text)
        assert torch.allclose(features, model.text(padded), atol=1e-5)  # open_clip's own forward
        return features

    published_models.expect(path, pixels, rows, embed_images, embed_text, model.logit_scale.exp())


@torch.no_grad()
def llm2clip(seed):
    path = zoo.folder("llm2clip")
    config = CLIPVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, image_size=SIZE, patch_size=8,
        projection_dim=20)
    model = zoo.randomise(CLIPVisionModelWithProjection(config), seed)
    state = {}
    for name, tensor in model.state_dict().items():
        state[name.replace("vision_model.vision_model.", "vision_model.")] = tensor.contiguous()
    state["text_adapter.weight"] = torch.ones(20, 8)
    state["logit_scale"] = torch.tensor(4.6)
    save_file(state, path / "model.safetensors")
    zoo.write_json(path / "config.json", {
        "architectures": ["LLM2CLIPModel"], "model_type": "clip", "projection_dim": 20,
        "vision_config": {"model_type": "clip_vision_model", **{key: getattr(config, key) for key in (
            "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "image_size", "patch_size",
            "hidden_act", "layer_norm_eps")}},
        "text_config": {"model_type": "clip_text_model"},
    })
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIZE}, crop_size={"height": SIZE, "width": SIZE})
    pixels = processor([image.convert("RGB") for image in zoo.images()], return_tensors="pt")["pixel_values"]
    features = model(pixels).image_embeds
    zoo.expect(path, pixels, [[0]], features, torch.ones(1, features.shape[1]), torch.zeros(2, 1))


def main():
    conch(61)
    llm2clip(62)


if __name__ == "__main__":
    main()
