"""Every supported model family's preprocessing, by the reference implementations.

Writes core/src/test/resources/dev/auscult/image/model-transforms.json: per family, setting and image
the size and SHA-256 of the 8-bit pixels before normalisation, the SHA-256 of the float32 input where
Auscult must agree bit for bit, and samples of the input.

  transformers   the *ImageProcessorPil classes, from preprocessor_config.json of their types
  open_clip      image_transform_v2(PreprocessCfg(...), is_train=False) on Pillow images
  published      MedCLIP, BioViL, BioViL-T, CheXzero, CXR-CLIP, KEEP and OpenAI: what the authors' code
                 does, put together here from the same Pillow, NumPy and torchvision calls

Run: python conformance/model_transforms.py      (after image_transforms.py, whose images it reads)
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from open_clip.transform import PreprocessCfg, image_transform_v2
from PIL import Image
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_clip import CLIPImageProcessor
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

from image_transforms import OUT, noise, rgb_of, sha256

SAMPLES = 23


# ---------------------------------------------------------------- images


def image_named(name):
    """A file of image_transforms.py, or noise-WIDTHxHEIGHT-SEED."""
    if name.startswith("noise-"):
        size, seed = name.removeprefix("noise-").split("-")
        width, height = map(int, size.split("x"))
        return Image.fromarray(noise(width, height, int(seed)))
    image = rgb_of((OUT / name).read_bytes())
    red, green, blue = image.split()
    return red if red.tobytes() == green.tobytes() == blue.tobytes() else image  # gray as it is stored


SMALL = ["png/gray-8.png", "png/rgb-8.png", "png/1x1.png", "png/3x2.png", "noise-37x23-1", "noise-23x38-2",
         "noise-97x64-3", "noise-33x33-4", "noise-41x29-5"]
SHAPES = [*SMALL, "png/tall.png", "png/wide.png", "noise-225x224-6", "noise-224x227-7", "noise-640x61-8"]
LARGE = ["png/large-gray.png", "noise-333x500-9"]


# ---------------------------------------------------------------- transformers

PROCESSORS = {"CLIP": CLIPImageProcessorPil, "Bit": BitImageProcessorPil, "Siglip": SiglipImageProcessorPil, "ViT": ViTImageProcessorPil}
RAD_DINO = {"image_mean": [0.5307, 0.5307, 0.5307], "image_std": [0.2583, 0.2583, 0.2583]}
HUGGING_FACE = [
    ("SiglipImageProcessor", {}, ["png/rgb-8.png", "noise-333x500-9"]),
    ("SiglipImageProcessor", {"size": {"height": 30, "width": 30}, "resample": 3}, SHAPES),
    ("SiglipImageProcessorFast", {"size": {"height": 28, "width": 28}, "resample": 2, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}, SHAPES),
    ("SiglipImageProcessorPil", {"size": {"height": 448, "width": 448}, "resample": 2}, LARGE),
    ("ViTImageProcessor", {}, ["png/gray-8.png", "noise-333x500-9"]),
    ("ViTImageProcessor", {"size": {"height": 20, "width": 33}, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}, SHAPES),
    ("ViTFeatureExtractor", {"size": 25, "resample": 3}, SMALL),
    ("BitImageProcessor", {}, ["png/rgb-8.png", "noise-333x500-9"]),
    ("BitImageProcessor", {"size": {"shortest_edge": 31}, "crop_size": {"height": 28, "width": 28}, **RAD_DINO}, SHAPES),
    ("BitImageProcessor", {"size": {"shortest_edge": 518}, "crop_size": {"height": 518, "width": 518}, **RAD_DINO}, LARGE),
    ("CLIPImageProcessorPil", {"size": {"shortest_edge": 30}, "crop_size": 30, "resample": 1}, SHAPES),
]


def hugging_face():
    for type_name, settings, images in HUGGING_FACE:
        processor = PROCESSORS[next(family for family in PROCESSORS if type_name.startswith(family))]
        if isinstance(settings.get("size"), int):
            assert processor(**settings).size.height == settings["size"]  # one number: both edges
        plain = processor(**settings, do_rescale=False, do_normalize=False)
        whole = processor(**settings)
        for name in images:
            image = image_named(name).convert("RGB")
            pixels = np.moveaxis(plain(image, return_tensors="np")["pixel_values"][0], 0, -1)
            values = whole(image, return_tensors="np")["pixel_values"][0]
            config = {"image_processor_type": type_name, **settings}
            if type_name.endswith("FeatureExtractor"):
                config = {"feature_extractor_type": type_name, **settings}
            yield "transformers", config, name, pixels, values, True


# ---------------------------------------------------------------- open_clip

OPEN_CLIP = [
    ({}, ["png/rgb-8.png", "noise-333x500-9"]),
    ({"size": 30}, SHAPES),
    ({"size": [28, 28], "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bilinear"}, SHAPES),
    ({"size": 33, "interpolation": "random", "resize_mode": "shortest"}, SMALL),
    ({"size": [24, 41], "interpolation": "bilinear", "resize_mode": "shortest"}, SHAPES),
    ({"size": [45, 18]}, SHAPES),
    ({"size": 31, "resize_mode": "longest"}, SHAPES),
    ({"size": [32, 26], "resize_mode": "longest", "fill_color": 127, "interpolation": "bilinear"}, SHAPES),
    ({"size": 30, "resize_mode": "squash"}, SHAPES),
    ({"size": [19, 34], "resize_mode": "squash", "interpolation": "bilinear"}, SMALL),
    ({"size": 224, "interpolation": "bicubic", "resize_mode": "shortest", "fill_color": 0}, LARGE),
]


def open_clip():
    for settings, images in OPEN_CLIP:
        given = {key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()}
        transform = image_transform_v2(PreprocessCfg(**given), is_train=False)
        for name in images:
            image = image_named(name)
            pixels = np.array(Compose(transform.transforms[:-2])(image))
            yield "open_clip", {"preprocess_cfg": settings}, name, pixels, transform(image).numpy(), True


# ---------------------------------------------------------------- published code


def med_clip(image):
    """MedCLIPFeatureExtractor with transformers 4.24: pad, resize (PIL), rescale and normalise in float32."""
    side = max(224, *image.size)
    square = Image.new("L", (side, side), 0)
    square.paste(image, (int((side - image.width) / 2), int((side - image.height) / 2)))
    pixels = np.array(square.resize((224, 224), Image.Resampling.BICUBIC))
    scaled = pixels.astype(np.float32) * np.float32(1 / 255.0)
    values = (scaled - np.float32(0.5862785803043838)) / np.float32(0.27950088968644304)
    return three(pixels), np.repeat(values[None], 3, 0)


def three(gray):
    return np.repeat(gray[..., None], 3, -1)


def bio_vil(crop):
    """load_image and create_chest_xray_transform_for_inference of hi-ml-multimodal."""

    def transform(image):
        array = np.array(image).astype(float)
        array -= array.min()
        if array.max() > 0:  # of one level: 0/0, cast to an integer, is undefined there
            array /= array.max()
        gray = Image.fromarray((array * 255).astype(np.uint8)).convert("L")
        cropped = Compose([Resize(512), CenterCrop(crop)])(gray)
        return three(np.array(cropped)), ToTensor()(cropped).repeat_interleave(3, 0).numpy()

    return transform


def che_xzero(antialias):
    """preprocess of data_process.py, then the transformations of zero_shot.py on the stored array."""

    def transform(image):
        image = image.convert("RGB")
        ratio = 320.0 / max(image.size)
        size = tuple(max(1, int(edge * ratio)) for edge in image.size)  # of size 0 Pillow would fail
        square = Image.new("L", (320, 320))
        square.paste(image.resize(size, Image.Resampling.LANCZOS), ((320 - size[0]) // 2, (320 - size[1]) // 2))
        stored = torch.from_numpy(np.array(square).astype(np.float32)).repeat(3, 1, 1)
        mean, std = (101.48761,) * 3, (83.43944,) * 3
        resize = Resize(224, interpolation=InterpolationMode.BICUBIC, antialias=antialias)
        return three(np.array(square)), Compose([Normalize(mean, std), resize])(stored).numpy()

    return transform


def torchvision(side, interpolation, mean, std):
    def transform(image):
        pixels = Compose([Resize(side, interpolation=interpolation), CenterCrop(side)])(image).convert("RGB")
        return np.array(pixels), Compose([ToTensor(), Normalize(mean, std)])(pixels).numpy()

    return transform


BICUBIC, BILINEAR = InterpolationMode.BICUBIC, InterpolationMode.BILINEAR
CLIP_CHANNELS = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
PUBLISHED = {
    "openai-32": (torchvision(32, BICUBIC, *CLIP_CHANNELS), SHAPES, True),
    "openai-224": (torchvision(224, BICUBIC, *CLIP_CHANNELS), ["noise-333x500-9", "noise-225x224-6"], True),
    "keep": (torchvision(224, BICUBIC, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)), ["noise-333x500-9", "noise-224x227-7"], True),
    "cxr-clip": (torchvision(224, BILINEAR, (0.5,) * 3, (0.5,) * 3), [*LARGE, "noise-225x224-6", "noise-37x23-1"], True),
    "medclip": (med_clip, [*SHAPES, *LARGE], False),
    "biovil": (bio_vil(480), ["png/large-gray.png", "png/3x2.png", "png/1x1.png", "noise-97x64-3"], True),
    "biovil-t": (bio_vil(448), ["png/large-gray.png", "png/gray-8.png", "png/ramp.png", "noise-333x500-9", "noise-640x61-8"], True),
    "chexzero": (che_xzero(False), ["png/gray-8.png", "png/tall.png", "png/1x1.png", "noise-77x40-10", "noise-61x30-11", *LARGE], False),
    "chexzero-antialiased": (che_xzero(True), ["png/gray-8.png", "png/wide.png", "noise-77x40-10", *LARGE], False),
}


def published():
    for model, (transform, images, exact) in PUBLISHED.items():
        for name in images:
            pixels, values = transform(image_named(name))
            yield "published", model, name, pixels, values, exact


# ---------------------------------------------------------------- the fixture


def entry(reference, config, name, pixels, values, exact):
    assert pixels.dtype == np.uint8 and pixels.ndim == 3, (config, name)
    values = np.ascontiguousarray(values, np.float32)
    assert values.shape == (3, *pixels.shape[:2]) or values.shape == (3, 224, 224), (config, name)
    flat = values.ravel()
    step = max(1, flat.size // SAMPLES)
    row = {
        "reference": reference, "config": config, "image": name, "height": values.shape[1], "width": values.shape[2],
        "pixels": sha256(pixels), "step": step, "values": [float(f"{v:.9g}") for v in flat[::step]],
    }
    if exact:
        row["floats"] = hashlib.sha256(values.astype("<f4").tobytes()).hexdigest()
    return row


def print_pitfalls():
    """How far common ways of resizing are from a model's own, in gray levels on one radiograph-like image."""
    image = image_named("png/large-gray.png").convert("RGB")
    settings = {"size": {"shortest_edge": 224}, "do_rescale": False, "do_normalize": False}
    own = np.array(CLIPImageProcessorPil(**settings)(image)["pixel_values"][0], float)
    tensor = torch.from_numpy(np.moveaxis(np.array(image), -1, 0).copy())
    plain = CenterCrop(224)(Resize(224, BICUBIC, antialias=False)(tensor)).numpy()
    nearest = np.moveaxis(np.array(CenterCrop(224)(Resize(224, InterpolationMode.NEAREST)(image))), -1, 0)
    bilinear = np.moveaxis(np.array(CenterCrop(224)(Resize(224, BILINEAR)(image))), -1, 0)
    torchvision_backend = np.array(CLIPImageProcessor(**settings)(image)["pixel_values"][0], float)
    for name, other in {
        "transformers' torchvision backend": torchvision_backend, "bilinear instead of bicubic": bilinear,
        "without antialiasing": plain, "nearest neighbour": nearest,
    }.items():
        apart = np.abs(np.asarray(other, float) - own)
        print(f"{name}: {apart.mean():.2f} levels on average, {apart.max():.0f} at most")


def main():
    rows = [entry(*case) for cases in (hugging_face(), open_clip(), published()) for case in cases]
    text = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n"
    (OUT / "model-transforms.json").write_text(text)
    print(f"{len(rows)} cases, {len(text)} bytes")
    print_pitfalls()


if __name__ == "__main__":
    main()
