"""Small CLIP checkpoints in the layouts of OpenAI and open_clip, built of open_clip's own classes.

Writes the cases openai-half, openai-nested, openai-torchscript, openai-resnet, open-clip and open-clip-text (see
zoo.py). OpenAI's own class is the one that open_clip's CLIP with quick_gelu reproduces; its files are
TorchScript archives, of which a traced module is the closest that can be written today.
"""

import torch
from open_clip.model import CLIP, CustomTextCLIP
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import save_file
from transformers import PreTrainedTokenizerFast

import zoo
from clip_checkpoints import byte_tokenizer

VOCABULARY, CONTEXT, SIZE = 520, 20, 32
SMALL = {"width": 32, "layers": 2}


def config(**changes):
    return {
        "embed_dim": 24,
        "vision_cfg": {"image_size": SIZE, "layers": 1, "width": 64, "patch_size": 8, **changes.pop("vision", {})},
        "text_cfg": {
            "context_length": CONTEXT, "vocab_size": VOCABULARY, "width": 64, "heads": 1, "layers": 1,
            **changes.pop("text", {}),
        },
        **changes,
    }


def tokenize(path):
    """Writes the tokenizer's file and returns the ids of the shared texts."""
    tokenizer = byte_tokenizer(VOCABULARY)
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    fast = PreTrainedTokenizerFast(tokenizer_file=str(path / "tokenizer.json"), pad_token="<|endoftext|>")
    zoo.write_json(path / "tokenizer_config.json", {"pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>"})
    return [fast(text, truncation=True, max_length=CONTEXT)["input_ids"] for text in zoo.TEXTS]


def expect(path, model, transform, rows):
    pixels = torch.stack([transform(image) for image in zoo.images()])
    # OpenAI's tokenizer fills with 0 behind the end token; the largest id marks the end.
    ids = zoo.padded(rows, 0, CONTEXT)
    with torch.no_grad():
        images, texts = model.encode_image(pixels), model.encode_text(ids)
        scores = model.logit_scale.exp() * zoo.unit(images) @ zoo.unit(texts).T
        if model.logit_bias is not None:
            scores += model.logit_bias
    zoo.expect(path, pixels, rows, images, texts, scores)


def clip_transform(size, **changes):
    return image_transform_v2(PreprocessCfg(size=size, **changes), is_train=False)


def halved(model):
    """Rounds weights that OpenAI keeps in half precision, as convert_weights does."""
    state = {}
    for name, tensor in model.state_dict().items():
        keep = "ln_" in name or "embedding" in name or name.endswith("logit_scale")
        state[name] = tensor if keep else tensor.half()
    model.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    return state


def openai(name, seed, save, cfg=None, size=SIZE):
    path = zoo.folder(name)
    model = zoo.randomise(CLIP(**(cfg or config(quick_gelu=True))), seed)
    rows = tokenize(path)
    state = halved(model)
    save(path, model, state)
    expect(path, model, clip_transform(size), rows)


def save_flat(path, model, state):
    numbers = {"input_resolution": torch.tensor(SIZE), "context_length": torch.tensor(CONTEXT)}
    torch.save({**state, **numbers, "vocab_size": torch.tensor(VOCABULARY)}, path / "ViT.pt")


def save_nested(path, model, state):
    torch.save({"epoch": 12, "state_dict": state, "loss": 0.25}, path / "PubMedCLIP_ViT.pth")


def save_torchscript(path, model, state):
    class Pair(torch.nn.Module):
        def __init__(self):
            super().__init__()
            for child, module in model.named_children():
                setattr(self, child, module)
            for parameter in ("positional_embedding", "text_projection", "logit_scale"):
                setattr(self, parameter, getattr(model, parameter))

        def forward(self, image):
            return self.visual(image)

    torch.jit.trace(Pair().eval(), torch.zeros(1, 3, SIZE, SIZE)).save(str(path / "ViT.pt"))


def open_clip(name, seed, cls, cfg, preprocessing, weights):
    path = zoo.folder(name)
    model = zoo.randomise(cls(**cfg), seed)
    rows = tokenize(path)
    model_cfg = {key: value for key, value in cfg.items() if key != "init_logit_bias"}
    zoo.write_json(path / "open_clip_config.json", {"model_cfg": model_cfg, "preprocess_cfg": preprocessing})
    if weights.endswith(".safetensors"):
        save_file(model.state_dict(), path / weights)
    else:
        torch.save(model.state_dict(), path / weights)
    changes = {key: tuple(value) if isinstance(value, list) else value for key, value in preprocessing.items()}
    expect(path, model, clip_transform(SIZE, **changes), rows)


def main():
    openai("openai-half", 1, save_flat)
    openai("openai-nested", 2, save_nested)
    openai("openai-torchscript", 3, save_torchscript)
    resnet = config(quick_gelu=True, vision={"layers": [1, 2, 1, 1], "width": 4, "head_width": 64, "image_size": 64, "patch_size": None})
    openai("openai-resnet", 6, save_flat, resnet, 64)
    half = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bicubic", "resize_mode": "squash"}
    open_clip(
        "open-clip", 4, CLIP, config(vision={**SMALL, "head_width": 16, "mlp_ratio": 2.0}, text={"width": 32, "heads": 2, "layers": 2}), half,
        "open_clip_model.safetensors",
    )
    open_clip(
        "open-clip-text", 5, CustomTextCLIP, config(quick_gelu=True, init_logit_bias=-10.0, vision={**SMALL, "head_width": 8}, text={"width": 16, "heads": 4}), {"resize_mode": "shortest"},
        "open_clip_pytorch_model.bin",
    )


if __name__ == "__main__":
    main()
