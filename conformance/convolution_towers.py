"""Writes tiny random image encoders of the reference libraries, and what they compute.

Output, one folder per case under core/src/test/resources/dev/auscult/model/convolution/:
  model.safetensors      the weights by the names their library gives them
  expected.safetensors   pixels [n, 3, h, w] float16 and, computed from them in float32 by the
                         library's own class, image_embeds [n, d] (unit rows)

torchvision's ResNet has no argument for its width: its stages are rebuilt with its own methods. The
modified ResNet is open_clip's, BioViL's image encoders are hi-ml's, Swin is transformers'.
All weights and running statistics are drawn from one seed per case, wide enough that each matters.
"""

import pathlib
import shutil
import tempfile

import torch
from health_multimodal.image.model.model import ImageModel, MultiImageModel
from health_multimodal.image.model.modules import MLP
from health_multimodal.image.model.transformer import VisionTransformerPooler
from open_clip.modified_resnet import ModifiedResNet
from safetensors.torch import load_file, save_file
from torch import nn
from torchvision.models.resnet import Bottleneck, ResNet
from transformers import SwinConfig, SwinModel

from random_weights import randomise

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/model/convolution"


def narrow(net, width, depths):
    """Rebuilds torchvision's ResNet with `width` features instead of 64."""
    net.inplanes = width
    net.conv1 = nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False)
    net.bn1 = nn.BatchNorm2d(width)
    for stage, blocks in enumerate(depths):
        setattr(net, f"layer{stage + 1}", net._make_layer(Bottleneck, width << stage, blocks, stride=1 + (stage > 0)))
    return net


def torchvision_resnet(width, depths, dimension, bias):
    net = narrow(ResNet(Bottleneck, depths), width, depths)
    net.fc = nn.Linear(32 * width, dimension, bias=bias)
    return net


def biovil(width, depths, dimension, reduced=None):
    """hi-ml's image model; with `reduced` features the one that can compare two images."""
    kind = "resnet50_multi_image" if reduced else "resnet50"
    model = (MultiImageModel if reduced else ImageModel)(img_encoder_type=kind, joint_feature_size=dimension)
    narrow(model.encoder.encoder, width, depths).fc = nn.Linear(32 * width, 3)
    if reduced:
        model.encoder.backbone_to_vit = nn.Conv2d(32 * width, reduced, kernel_size=1, bias=False)
        model.encoder.missing_previous_emb = nn.Parameter(torch.zeros(1, reduced, 1, 1))
        model.encoder.vit_pooler = VisionTransformerPooler(input_dim=reduced, grid_shape=(2, 2), num_blocks=1)
    features = 2 * reduced if reduced else 32 * width
    model.projector = MLP(input_dim=features, output_dim=dimension, hidden_dim=dimension, use_1x1_convs=True)
    return model


class Swin(nn.Module):
    """A Swin transformer with MedCLIP's projection of the mean or CXR-CLIP's of the first pixel."""

    def __init__(self, pooling, dimension, **config):
        super().__init__()
        self.model = SwinModel(SwinConfig(**config))
        self.pooling = pooling
        self.projection_head = nn.Linear(self.model.num_features, dimension, bias=pooling == "first")

    def forward(self, pixels):
        output = self.model(pixels)
        pooled = output.pooler_output if self.pooling == "mean" else output.last_hidden_state[:, 0]
        return self.projection_head(pooled)


def published_names(swin):
    """Names as in the published files, before transformers 5 changed them in memory."""
    with tempfile.TemporaryDirectory() as folder:
        swin.model.save_pretrained(folder)
        weights = {f"model.{key}": value for key, value in load_file(f"{folder}/model.safetensors").items()}
    head = swin.projection_head.state_dict()
    return {**weights, **{f"projection_head.{key}": value for key, value in head.items()}}


def projected(model, pixels):
    return model(pixels).projected_global_embedding


CASES = {
    "torchvision-bias": dict(model=lambda: torchvision_resnet(2, [2, 1, 3, 1], 16, True), size=64),
    "torchvision-no-bias": dict(model=lambda: torchvision_resnet(2, [1, 2, 1, 1], 12, False), size=96),
    "openai": dict(model=lambda: ModifiedResNet([2, 1, 2, 1], 16, heads=4, image_size=64, width=2), size=64),
    "openai-wide": dict(model=lambda: ModifiedResNet([1, 2, 1, 1], 12, heads=8, image_size=96, width=2), size=96),
    "swin-mean": dict(
        model=lambda: Swin("mean", 10, image_size=48, embed_dim=8, depths=[2, 4], num_heads=[1, 2], window_size=3),
        size=48, weights=published_names,
    ),
    "swin-first": dict(
        model=lambda: Swin("first", 12, image_size=56, embed_dim=6, depths=[3, 2], num_heads=[3, 2], window_size=7),
        size=56, weights=published_names,
    ),
    "biovil": dict(model=lambda: biovil(2, [1, 1, 2, 1], 10), size=64, embed=projected),
    "biovil-t": dict(model=lambda: biovil(2, [1, 1, 2, 1], 10, reduced=8), size=64, embed=projected),
}


def images(count, size, generator):
    """Coarse patterns under fine noise: after all the averaging they still differ."""
    coarse = 2 * torch.randn((count, 3, 4, 4), generator=generator)
    fine = torch.randn((count, 3, size, size), generator=generator)
    return (nn.functional.interpolate(coarse, size=(size, size)) + fine).half()


def write(name, case, seed):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = case["model"]().eval()
    randomise(model, seed)
    generator = torch.Generator().manual_seed(1000 + seed)
    pixels = images(3 if case["size"] <= 64 else 2, case["size"], generator)
    with torch.no_grad():
        embedded = nn.functional.normalize(case.get("embed", lambda m, x: m(x))(model, pixels.float()), dim=-1)
    weights = case.get("weights", lambda m: m.state_dict())(model)
    save_file({key: value.contiguous() for key, value in weights.items()}, folder / "model.safetensors")
    save_file({"pixels": pixels, "image_embeds": embedded}, folder / "expected.safetensors")
    sizes = [f"{file.name} {file.stat().st_size // 1024} kB" for file in sorted(folder.iterdir())]
    print(name, *sizes, f"cosine of two images {float(embedded[0] @ embedded[1]):.3f}", sep=", ")


def main():
    for seed, (name, case) in enumerate(CASES.items()):
        write(name, case, seed)


if __name__ == "__main__":
    main()
