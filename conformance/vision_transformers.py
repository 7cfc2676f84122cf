"""Writes tiny random vision transformers of the reference libraries, and what they compute.

Output, one folder per case under core/src/test/resources/dev/auscult/model/vision/:
  model.safetensors      the weights by the names their library gives them
  expected.safetensors   pixels [n, c, h, w] float16 and, computed from them in float32 by the
                         library's own classes, image_embeds [n, d] (unit rows); where patches can be
                         left out also kept [n, k] and kept_embeds [n, d] of the sequences of these
                         patches alone; where other sizes of the image are checked also
                         pixels_<size> and image_embeds_<size>

timm's VisionTransformer is the trunk of BiomedCLIP, KEEP and CONCH; CONCH's pooler is open_clip's
AttentionalPooler. SigLIP, DINOv2 and CLIP are transformers' models. open_clip resizes positions as
timm does, which is asserted here.
"""

import pathlib
import shutil

import torch
from open_clip.model import resize_pos_embed
from open_clip.transformer import AttentionalPooler
from random_weights import randomise
from safetensors.torch import save_file
from timm.layers import resample_abs_pos_embed
from timm.models.vision_transformer import VisionTransformer
from torch import nn
from torch.nn.functional import normalize
from transformers import (
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    Dinov2Config,
    Dinov2Model,
    SiglipVisionConfig,
    SiglipVisionModel,
)

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/model/vision"
WIDTH = 16
IMAGE = 24
PATCH = 8
GRID = (IMAGE // PATCH) ** 2


class Case:
    """A model, its image embedding, and the same of chosen patches."""

    def __init__(self, model, embed, of_kept=None, sizes=(), channels=3):
        self.model, self.embed, self.of_kept, self.sizes, self.channels = model, embed, of_kept, sizes, channels


def keep(tokens, kept, leading):
    """Leading tokens and the kept patches of each row."""
    rows = [torch.cat([torch.arange(leading), leading + row]) for row in kept]
    return torch.stack([tokens[i, row] for i, row in enumerate(rows)])


def trunk(**changes):
    base = dict(img_size=IMAGE, patch_size=PATCH, embed_dim=WIDTH, depth=2, num_heads=4, mlp_ratio=1.5, num_classes=0)
    return VisionTransformer(**{**base, **changes})


def timm_kept(trunk, pixels, kept):
    tokens = trunk._pos_embed(trunk.patch_embed(pixels))
    tokens = keep(tokens, kept, trunk.num_prefix_tokens)
    return trunk.norm(trunk.blocks(trunk.norm_pre(tokens)))


def biomedclip():
    model = nn.Module()
    model.trunk = trunk(dynamic_img_size=True)
    model.head = nn.Module()
    model.head.proj = nn.Linear(WIDTH, 12, bias=False)

    def of_kept(pixels, kept):
        plain = trunk()
        plain.load_state_dict(model.trunk.state_dict())
        return model.head.proj(plain.forward_head(timm_kept(plain.eval(), pixels, kept)))

    return Case(model, lambda pixels: model.head.proj(model.trunk(pixels)), of_kept, sizes=(40, 16))


def keep_model():
    model = nn.Module()
    model.visual = trunk(init_values=1e-5)
    model.visual_head = nn.Sequential(nn.Linear(WIDTH, 12), nn.GELU(), nn.Linear(12, 12))
    return Case(
        model,
        lambda pixels: model.visual_head(model.visual(pixels)),
        lambda pixels, kept: model.visual_head(model.visual.forward_head(timm_kept(model.visual, pixels, kept))),
    )


def mean_of_normed():
    model = trunk()
    model.reset_classifier(0, global_pool="avg")
    return Case(model, model)


def normed_mean():
    """No class token, one channel, a normalisation before the blocks, timm's own head as projection."""
    model = trunk(class_token=False, global_pool="avg", pre_norm=True, in_chans=1, num_classes=10)
    return Case(model, model, channels=1)


def attention_pool(class_token):
    model = trunk(class_token=class_token, global_pool="map")
    return Case(model, model, lambda pixels, kept: model.forward_head(timm_kept(model, pixels, kept)))


def conch():
    model = nn.Module()
    model.trunk = trunk()
    model.attn_pool_contrast = AttentionalPooler(12, WIDTH, n_head=3, n_queries=1)
    model.ln_contrast = nn.LayerNorm(12)
    model.proj_contrast = nn.Parameter(torch.empty(12, 12))

    def pooled(tokens):
        return model.ln_contrast(model.attn_pool_contrast(tokens)[:, 0]) @ model.proj_contrast

    return Case(
        model,
        lambda pixels: pooled(model.trunk.forward_features(pixels)),
        lambda pixels, kept: pooled(timm_kept(model.trunk, pixels, kept)),
    )


def siglip():
    config = SiglipVisionConfig(
        hidden_size=WIDTH, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, image_size=IMAGE, patch_size=PATCH
    )
    model = SiglipVisionModel(config)

    def of_kept(pixels, kept):
        tokens = keep(model.embeddings(pixels), kept, 0)
        return model.head(model.post_layernorm(model.encoder(inputs_embeds=tokens).last_hidden_state))

    def embed(pixels):
        return model(pixels, interpolate_pos_encoding=pixels.shape[-1] != IMAGE).pooler_output

    return Case(model, embed, of_kept, sizes=(40, 16))


def dinov2():
    config = Dinov2Config(
        hidden_size=WIDTH, mlp_ratio=2, num_hidden_layers=2, num_attention_heads=4, image_size=IMAGE, patch_size=PATCH
    )
    model = Dinov2Model(config)

    def of_kept(pixels, kept):
        tokens = keep(model.embeddings(pixels), kept, 1)
        return model.layernorm(model.encoder(tokens).last_hidden_state)[:, 0]

    return Case(model, lambda pixels: model(pixels).pooler_output, of_kept, sizes=(40, 16))


def clip():
    config = CLIPVisionConfig(
        hidden_size=WIDTH, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, image_size=IMAGE, patch_size=PATCH,
        projection_dim=12, hidden_act="quick_gelu",
    )
    model = CLIPVisionModelWithProjection(config)

    def embed(pixels):
        return model(pixels, interpolate_pos_encoding=pixels.shape[-1] != IMAGE).image_embeds

    return Case(model, embed, sizes=(40,))


CASES = {
    "biomedclip": biomedclip,
    "keep": keep_model,
    "mean-of-normed": mean_of_normed,
    "normed-mean": normed_mean,
    "attention-pool": lambda: attention_pool(False),
    "attention-pool-class-token": lambda: attention_pool(True),
    "conch": conch,
    "siglip": siglip,
    "dinov2": dinov2,
    "clip": clip,
}


def stored(model, folder):
    """The weights as the library itself would save them."""
    if hasattr(model, "save_pretrained"):
        model.save_pretrained(folder)
        (folder / "config.json").unlink()
    else:
        weights = {key: value.contiguous() for key, value in model.state_dict().items()}
        save_file(weights, folder / "model.safetensors")


def write(name, case, seed):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    case = case()
    case.model.eval()
    randomise(case.model, seed)
    generator = torch.Generator().manual_seed(3000 + seed)

    def images(count, size):
        return torch.randn((count, case.channels, size, size), generator=generator).half()

    expected = {"pixels": images(3, IMAGE)}
    with torch.no_grad():
        expected["image_embeds"] = normalize(case.embed(expected["pixels"].float()), dim=-1)
        if case.of_kept:
            chosen = [torch.randperm(GRID, generator=generator)[:4].sort().values for _ in range(3)]
            expected["kept"] = torch.stack(chosen)
            expected["kept_embeds"] = normalize(case.of_kept(expected["pixels"].float(), chosen), dim=-1)
            every = case.of_kept(expected["pixels"].float(), [torch.arange(GRID)] * 3)
            assert torch.allclose(normalize(every, dim=-1), expected["image_embeds"], atol=1e-6)
        for size in case.sizes:
            expected[f"pixels_{size}"] = images(2, size)
            expected[f"image_embeds_{size}"] = normalize(case.embed(expected[f"pixels_{size}"].float()), dim=-1)
    stored(case.model, folder)
    save_file(expected, folder / "expected.safetensors")
    for file in folder.iterdir():
        file.chmod(0o644)
    size = sum(file.stat().st_size for file in folder.iterdir())
    cosine = expected["image_embeds"][0] @ expected["image_embeds"][1]
    print(f"{name}, {size // 1024} kB, cosine of two images {float(cosine):.3f}")


def assert_open_clip_resizes_as_timm():
    table = torch.randn((GRID + 1, WIDTH), generator=torch.Generator().manual_seed(0))
    holder = nn.Module()
    holder.visual = nn.Module()
    holder.visual.grid_size = (5, 5)
    state = {"visual.positional_embedding": table}
    resize_pos_embed(state, holder)
    assert torch.equal(state["visual.positional_embedding"], resample_abs_pos_embed(table[None], [5, 5])[0])


def main():
    assert_open_clip_resizes_as_timm()
    for seed, (name, case) in enumerate(CASES.items()):
        write(name, case, seed)


if __name__ == "__main__":
    main()
