"""Small checkpoints of layouts with a BERT text encoder, built of transformers' and open_clip's classes.

Writes the cases rclip (VisionTextDualEncoderModel) and biomedclip (open_clip's TimmModel and
HFTextEncoder); see zoo.py.
"""

import json
import shutil
import tempfile

import torch
from open_clip.model import CustomTextCLIP
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import save_file
from timm.models import register_model
from timm.models.vision_transformer import _create_vision_transformer
from transformers import AutoTokenizer, BertConfig, BertModel, CLIPVisionConfig, VisionTextDualEncoderConfig
from transformers import VisionTextDualEncoderModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

import zoo

VOCABULARY = zoo.OUT.parent.parent / "text/bert"
CONTEXT, SIZE = 24, 32


@register_model
def vit_nano_patch8_32(pretrained=False, **changes):
    """A vision transformer of timm's class, small enough to commit; named here only."""
    size = dict(img_size=SIZE, patch_size=8, embed_dim=64, depth=1, num_heads=1, mlp_ratio=2)
    return _create_vision_transformer("vit_base_patch16_224", pretrained=False, **{**changes, **size})


def bert(**changes):
    base = dict(
        vocab_size=len(AutoTokenizer.from_pretrained(VOCABULARY)), hidden_size=64, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=96, max_position_embeddings=CONTEXT,
    )
    return BertConfig(**{**base, **changes})


def tokenize(path):
    for file in VOCABULARY.iterdir():
        shutil.copy(file, path / file.name)
    tokenizer = AutoTokenizer.from_pretrained(path)
    return [tokenizer(text, truncation=True, max_length=CONTEXT)["input_ids"] for text in zoo.TEXTS]


def rclip(seed):
    path = zoo.folder("rclip")
    vision = CLIPVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, image_size=SIZE, patch_size=8
    )
    config = VisionTextDualEncoderConfig.from_vision_text_configs(
        vision, bert(hidden_size=32, num_attention_heads=2, intermediate_size=64, num_hidden_layers=2), projection_dim=20
    )
    model = zoo.randomise(VisionTextDualEncoderModel(config), seed)
    rows = tokenize(path)
    config.save_pretrained(path)
    written = json.loads((path / "config.json").read_text())
    written["architectures"] = ["VisionTextDualEncoderModel"]
    zoo.write_json(path / "config.json", written)
    state = {}
    for name, tensor in model.state_dict().items():
        # transformers 4 kept CLIP's tower one level deeper, and the published file has its names
        deeper = name.startswith("vision_model.") and not name.startswith("vision_model.vision_model.")
        state["vision_model." + name if deeper else name] = tensor.contiguous()
    state["text_model.embeddings.position_ids"] = torch.arange(CONTEXT)[None]
    save_file(state, path / "model.safetensors")
    processor = CLIPImageProcessorPil(size={"shortest_edge": SIZE}, crop_size={"height": SIZE, "width": SIZE})
    processor.save_pretrained(path)
    pixels = processor([image.convert("RGB") for image in zoo.images()], return_tensors="pt")["pixel_values"]
    ids = zoo.padded(rows, 0)
    with torch.no_grad():
        result = model(input_ids=ids, attention_mask=(ids != 0).long() | first(ids), pixel_values=pixels)
    zoo.expect(path, pixels, rows, result.image_embeds, result.text_embeds, result.logits_per_image)


def first(ids):
    return (torch.arange(ids.shape[1])[None] == 0).long().expand_as(ids)


def biomedclip(seed):
    path = zoo.folder("biomedclip")
    with tempfile.TemporaryDirectory() as named:
        bert().save_pretrained(named)
        text = {
            "hf_model_name": named, "hf_proj_type": "mlp", "hf_pooler_type": "cls_last_hidden_state_pooler",
            "context_length": CONTEXT, "hf_model_pretrained": False,
        }
        vision = {"timm_model_name": "vit_nano_patch8_32", "timm_model_pretrained": False, "timm_pool": "", "timm_proj": "linear",
                  "image_size": SIZE}
        model = zoo.randomise(CustomTextCLIP(48, vision, text), seed)
    rows = tokenize(path)
    published = {**text, "hf_model_name": "microsoft/BiomedNLP-BiomedBERT-base-uncased-abstract"}
    published.pop("hf_model_pretrained")
    vision["timm_model_name"] = "vit_base_patch16_224"
    preprocessing = {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711]}
    model_cfg = {"embed_dim": 48, "vision_cfg": vision, "text_cfg": published}
    zoo.write_json(path / "open_clip_config.json", {"model_cfg": model_cfg, "preprocess_cfg": preprocessing})
    state = model.state_dict()
    state["text.transformer.embeddings.position_ids"] = torch.arange(CONTEXT)[None]
    torch.save(state, path / "open_clip_pytorch_model.bin")
    transform = image_transform_v2(PreprocessCfg(size=SIZE), is_train=False)
    pixels = torch.stack([transform(image) for image in zoo.images()])
    with torch.no_grad():
        images, texts = model.encode_image(pixels), model.encode_text(zoo.padded(rows, 0))
        scores = model.logit_scale.exp() * zoo.unit(images) @ zoo.unit(texts).T
    zoo.expect(path, pixels, rows, images, texts, scores)


def main():
    rclip(11)
    biomedclip(12)


if __name__ == "__main__":
    main()
