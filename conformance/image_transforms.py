"""Writes the fixtures of dev.auscult.image from Pillow and transformers.

    python conformance/image_transforms.py

Into core/src/test/resources/dev/auscult/image/:
  png/, jpeg/           small image files of every supported kind
  decoded/NAME.png      what Pillow's ImageOps.exif_transpose(image).convert("RGB") makes of a JPEG
  decode.json           per file: size and SHA-256 of the RGB bytes
  transforms.json       per file and preprocessor_config: SHA-256 of the resized and cropped RGB
                        bytes and samples of the normalised floats, from CLIPImageProcessorPil
  resize.json           SHA-256 of Pillow's Image.resize of formula-drawn images

16-bit gray is the one exception to Pillow's conversion, which clips at 255: here it is scaled,
round(v * 255 / 65535). Everything is deterministic.
"""

import hashlib
import io
import json
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

OUT = Path(__file__).parents[1] / "core/src/test/resources/dev/auscult/image"
WIDTH, HEIGHT = 29, 19


# ---------------------------------------------------------------- drawing


def drawn(width, height, seed=1):
    """An RGB array with gradients, edges and a texture, from integers only."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    red = x * 255 // max(width - 1, 1)
    green = np.where((x // 5 + y // 3) % 2 == 0, 230, 25) + (x * y) % 23
    blue = (x * x * 3 + y * y * 5 + x * y * seed + seed * 41) % 256
    return np.stack([red, green, blue], -1).astype(np.uint8)


def noise(width, height, seed):
    """The formula that the Java test repeats: a linear congruential generator over samples."""
    state = seed
    out = np.empty(width * height * 3, np.uint8)
    for i in range(out.size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out[i] = state >> 16 & 0xFF
    return out.reshape(height, width, 3)


# ---------------------------------------------------------------- a PNG writer for every layout

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """[h, w, c] samples to PNG rows without filter bytes."""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            yield row.astype(">u2").tobytes()
        elif depth == 8:
            yield row.astype(np.uint8).tobytes()
        else:
            bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
            yield np.packbits(bits.ravel()).tobytes()


def filtered(samples, depth):
    """Rows with filters 0-4 in turn."""
    bpp = max(1, samples.shape[2] * depth // 8)
    out, before = b"", None
    for number, row in enumerate(packed_rows(samples, depth)):
        cur = np.frombuffer(row, np.uint8).astype(np.int64)
        up = np.zeros_like(cur) if before is None else before
        left = np.concatenate([np.zeros(bpp, np.int64), cur])[: cur.size]
        upleft = np.concatenate([np.zeros(bpp, np.int64), up])[: cur.size]
        estimate = left + up - upleft
        pa, pb, pc = abs(estimate - left), abs(estimate - up), abs(estimate - upleft)
        paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, up, upleft))
        kind = number % 5
        predicted = [0 * cur, left, up, (left + up) // 2, paeth][kind]
        out += bytes([kind]) + ((cur - predicted) & 255).astype(np.uint8).tobytes()
        before = cur
    return out


def png(samples, depth, colour, interlaced=False, extra=b"", after=b""):
    height, width = samples.shape[:2]
    if interlaced:
        parts = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7]
        raw = b"".join(filtered(part, depth) for part in parts if part.size)
    else:
        raw = filtered(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    data = zlib.compress(raw, 9)
    half = len(data) // 2
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", data[:half])
        + chunk(b"IDAT", data[half:])
        + after
        + chunk(b"IEND", b"")
    )


def samples_for(colour, depth, width=WIDTH, height=HEIGHT):
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    top = (1 << depth) - 1
    planes = [
        (x * top // (width - 1)),
        (y * top // (height - 1)),
        (x * y * 2654435761 >> 3) & top,
        (x + y) * top // (width + height - 2),
    ]
    if colour == 3:
        return ((x * 3 + y * 5) & top)[..., None]
    if colour == 4:
        return np.stack([planes[2], planes[3]], -1)
    return np.stack(planes[: CHANNELS[colour]], -1)


def palette(depth):
    n = 1 << depth
    i = np.arange(n)
    return np.stack([i * 255 // (n - 1), 255 - i * 97 % 256, i * 41 % 256], -1).astype(np.uint8).tobytes()


def exif(orientation, order="<"):
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    entries = struct.pack(order + "HHIHxx", 0x0112, 3, 1, orientation)
    other = struct.pack(order + "HHIHxx", 0x0128, 3, 1, 2)
    return head + struct.pack(order + "H", 2) + entries + other + struct.pack(order + "I", 0)


def colour_profile(space):
    """An ICC profile without its date of creation."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()
    return data[:24] + bytes(12) + data[36:]


def png_files():
    files = {}
    for colour, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            extra = chunk(b"PLTE", palette(depth)) if colour == 3 else b""
            kind = {0: "gray", 2: "rgb", 3: "palette", 4: "gray-alpha", 6: "rgba"}[colour]
            for interlaced in (False, True):
                name = f"{kind}-{depth}{'-interlaced' if interlaced else ''}.png"
                files[name] = png(samples_for(colour, depth), depth, colour, interlaced, extra)
    gray, rgb, index = samples_for(0, 8), samples_for(2, 8), samples_for(3, 8)
    files["gray-8-transparent.png"] = png(gray, 8, 0, extra=chunk(b"tRNS", b"\0\x40"))
    files["gray-2-transparent.png"] = png(samples_for(0, 2), 2, 0, extra=chunk(b"tRNS", b"\0\1"))
    files["gray-16-transparent.png"] = png(samples_for(0, 16), 16, 0, extra=chunk(b"tRNS", b"\x24\x92"))
    files["rgb-8-transparent.png"] = png(rgb, 8, 2, extra=chunk(b"tRNS", b"\0\0\0\0\0\0"))
    files["palette-8-transparent.png"] = png(
        index, 8, 3, extra=chunk(b"PLTE", palette(8)) + chunk(b"tRNS", bytes(range(256)))
    )
    files["palette-8-short.png"] = png(index, 8, 3, extra=chunk(b"PLTE", palette(8)[:90]))
    profile = colour_profile("LAB")
    colours = chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(
        b"cHRM", struct.pack(">8I", 31270, 32900, 30000, 60000, 64000, 33000, 15000, 6000)
    )
    profiled = colours + chunk(b"iCCP", b"p\0\0" + zlib.compress(profile, 9))
    files["gray-8-linear-gamma.png"] = png(gray, 8, 0, extra=colours)
    files["rgb-8-profile.png"] = png(rgb, 8, 2, extra=profiled)
    files["gray-16-gamma.png"] = png(samples_for(0, 16), 16, 0, extra=colours)
    files["rgb-8-exif-6.png"] = png(rgb, 8, 2, extra=chunk(b"eXIf", exif(6, ">")))
    files["gray-8-exif-3-at-end.png"] = png(gray, 8, 0, after=chunk(b"eXIf", exif(3)))
    files["palette-8-exif-5.png"] = png(index, 8, 3, extra=chunk(b"PLTE", palette(8)) + chunk(b"eXIf", exif(5)))
    files["1x1.png"] = png(np.array([[[200, 100, 50]]]), 8, 2)
    files["3x2.png"] = png(samples_for(2, 8, 3, 2), 8, 2)
    files["tall.png"] = png(drawn(20, 301).astype(np.int64), 8, 2)
    files["wide.png"] = png(drawn(301, 20).astype(np.int64), 8, 2)
    y, x = np.mgrid[0:2048, 0:2500].astype(np.int64)
    large = (x // 16 * 7 + y // 16 * 3 + (x - 1250) ** 2 // 40000 * 9) & 255
    files["large-gray.png"] = png(large[..., None], 8, 0)
    ramp = np.arange(256).reshape(16, 16)
    files["ramp.png"] = png(np.stack([ramp, 255 - ramp, ramp[:, ::-1]], -1), 8, 2)
    return files


# ---------------------------------------------------------------- JPEG


def jpeg(array, mode="RGB", **options):
    image = inks(array) if mode == "CMYK" else Image.fromarray(array).convert(mode)
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 88, **options})
    return out.getvalue()


def inks(array):
    """A CMYK image whose black varies; Pillow's own conversion leaves black out."""
    black = array.sum(-1, dtype=np.int64) % 256
    planes = [Image.fromarray(p.astype(np.uint8)) for p in (*np.moveaxis(255 - array, -1, 0), black)]
    return Image.merge("CMYK", planes)


def segments(data):
    """(marker, whole segment) up to SOS, then the rest."""
    at, parts = 2, []
    while data[at + 1] != 0xDA:
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        parts.append((data[at + 1], data[at : at + 2 + length]))
        at += 2 + length
    return parts, data[at:]


def without(data, *markers):
    parts, rest = segments(data)
    return data[:2] + b"".join(s for m, s in parts if m not in markers) + rest


def with_adobe_transform(data, transform):
    parts, rest = segments(data)
    return data[:2] + b"".join(s[:-1] + bytes([transform]) if m == 0xEE else s for m, s in parts) + rest


def jpeg_files():
    array = drawn(45, 35)
    files = {
        "gray.jpg": jpeg(array, "L"),
        "rgb-444.jpg": jpeg(array, subsampling=0),
        "rgb-422.jpg": jpeg(array, subsampling=1),
        "rgb-420.jpg": jpeg(array, subsampling=2),
        "rgb-low-quality.jpg": jpeg(array, quality=12),
        "progressive.jpg": jpeg(array, progressive=True),
        "progressive-gray.jpg": jpeg(array, "L", progressive=True),
        "restarts.jpg": jpeg(array, restart_marker_blocks=2),
        "optimised.jpg": jpeg(array, optimize=True),
        "adobe-rgb.jpg": jpeg(array, keep_rgb=True),
        "cmyk.jpg": jpeg(array, "CMYK"),
        "1x1.jpg": jpeg(array[:1, :1]),
        "no-markers-444.jpg": without(jpeg(array, subsampling=0), 0xE0),
        "no-markers-420.jpg": without(jpeg(array, subsampling=2), 0xE0),
        "no-markers-rgb-ids.jpg": without(jpeg(array, keep_rgb=True), 0xEE),
        "bad-profile.jpg": jpeg(array, icc_profile=b"not a profile at all" * 9),
        "comment.jpg": jpeg(array, comment=b"patient positioned badly"),
    }
    files["ycck.jpg"] = with_adobe_transform(files["cmyk.jpg"], 2)
    files["cmyk-no-adobe.jpg"] = without(files["cmyk.jpg"], 0xEE)
    files["cmyk-progressive.jpg"] = jpeg(array, "CMYK", progressive=True)
    files["profile.jpg"] = jpeg(array, icc_profile=colour_profile("sRGB"))
    for orientation in range(1, 9):
        order = "<" if orientation % 2 else ">"
        files[f"exif-{orientation}.jpg"] = jpeg(array, exif=b"Exif\0\0" + exif(orientation, order))
    files["exif-9.jpg"] = jpeg(array, exif=b"Exif\0\0" + exif(9))
    files["exif-gray-8.jpg"] = jpeg(array, "L", exif=b"Exif\0\0" + exif(8))
    return files


# ---------------------------------------------------------------- expectations


def rgb_of(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if image.mode == "I;16":
        gray = (np.array(image).astype(np.int64) * 255 + 32767) // 65535
        image = Image.fromarray(gray.astype(np.uint8))
    return image.convert("RGB")


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


CONFIGS = {
    "clip-16": {"size": 16, "crop_size": 16},
    "clip-224": {"size": {"shortest_edge": 224}, "crop_size": {"height": 224, "width": 224}, "resample": 3},
    "bilinear-30": {"size": {"shortest_edge": 30}, "crop_size": {"height": 30, "width": 30}, "resample": 2},
    "squash": {"size": {"height": 24, "width": 40}, "do_center_crop": False, "resample": 3},
    "squash-bilinear": {"size": {"height": 56, "width": 33}, "do_center_crop": False, "resample": 2},
    "crop-odd": {"size": {"shortest_edge": 20}, "crop_size": {"height": 13, "width": 18}},
    "crop-larger": {"size": {"shortest_edge": 20}, "crop_size": {"height": 31, "width": 26}},
    "unresized": {"do_resize": False, "crop_size": {"height": 16, "width": 16}},
    "own-norm": {
        "size": {"shortest_edge": 32},
        "crop_size": {"height": 32, "width": 32},
        "image_mean": [0.5, 0.25, 0.485],
        "image_std": [0.5, 1.5, 0.229],
        "rescale_factor": 0.00392156862745098,
    },
    "no-norm": {"do_normalize": False, "size": 16, "crop_size": 16},
    "no-rescale": {"do_rescale": False, "size": 16, "crop_size": 16, "image_mean": [128, 120.5, 99], "image_std": 55.5},
}
PLAN = {
    "png/ramp.png": ["unresized", "no-norm", "own-norm", "no-rescale", "clip-16"],
    "png/gray-8.png": list(CONFIGS),
    "png/gray-16.png": ["clip-16", "clip-224"],
    "png/palette-8.png": ["clip-16", "bilinear-30", "clip-224"],
    "png/rgba-8.png": ["clip-224"],
    "png/rgb-8.png": list(CONFIGS),
    "png/rgb-8-exif-6.png": ["clip-16"],
    "png/1x1.png": ["clip-16", "bilinear-30", "clip-224", "crop-larger"],
    "png/3x2.png": ["clip-16", "bilinear-30", "clip-224", "crop-odd", "squash"],
    "png/tall.png": list(CONFIGS),
    "png/wide.png": list(CONFIGS),
    "png/large-gray.png": ["clip-224", "bilinear-30", "squash", "unresized", "crop-larger"],
}


def transform_case(path, name, image):
    config = CONFIGS[name]
    processor = CLIPImageProcessorPil(**config)
    plain = CLIPImageProcessorPil(**{**config, "do_rescale": False, "do_normalize": False})
    pixels = np.moveaxis(plain(image, return_tensors="np")["pixel_values"][0], 0, -1)
    values = processor(image, return_tensors="np")["pixel_values"][0].astype(np.float32)
    assert pixels.dtype == np.uint8
    flat = values.ravel()
    step = max(1, flat.size // 97) if path != "png/ramp.png" or flat.size > 768 else 1
    return {
        "file": path,
        "name": name,
        "config": config,
        "height": pixels.shape[0],
        "width": pixels.shape[1],
        "pixels": sha256(pixels),
        "step": step,
        "values": [float(f"{v:.9g}") for v in flat[::step]],
    }


RESIZES = [
    (37, 23, 11, 7),
    (37, 23, 37, 7),
    (37, 23, 11, 23),
    (37, 23, 111, 5),
    (37, 23, 64, 64),
    (5, 200, 200, 5),
    (97, 61, 96, 60),
    (97, 61, 98, 62),
    (256, 256, 224, 224),
    (640, 480, 224, 224),
    (640, 480, 298, 224),
    (20, 100, 15, 90),
    (20, 100, 15, 89),
    (50, 300, 28, 168),
    (40, 90, 41, 89),
    (2, 2, 7, 9),
    (1, 1, 3, 4),
    (200, 3, 1, 1),
]


def resize_cases():
    for number, (width, height, to_width, to_height) in enumerate(RESIZES):
        image = Image.fromarray(noise(width, height, number + 1))
        for name in ("BILINEAR", "BICUBIC", "LANCZOS"):
            resized = np.array(image.resize((to_width, to_height), Image.Resampling[name]))
            yield {
                "seed": number + 1,
                "width": width,
                "height": height,
                "toWidth": to_width,
                "toHeight": to_height,
                "filter": name,
                "pixels": sha256(resized),
            }


def write_json(name, entries):
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    (OUT / name).write_text("[\n" + lines + "\n]\n")


def main():
    for folder in ("png", "jpeg", "decoded"):
        shutil.rmtree(OUT / folder, ignore_errors=True)
    decoded, transforms = [], []
    for folder, files in {"png": png_files(), "jpeg": jpeg_files()}.items():
        (OUT / folder).mkdir(parents=True)
        for name, data in files.items():
            path = f"{folder}/{name}"
            (OUT / path).write_bytes(data)
            image = rgb_of(data)
            decoded.append({"file": path, "width": image.width, "height": image.height, "pixels": sha256(np.array(image))})
            if folder == "jpeg":
                (OUT / "decoded").mkdir(exist_ok=True)
                image.save(OUT / "decoded" / (name + ".png"), optimize=True)
            transforms += [transform_case(path, config, image) for config in PLAN.get(path, [])]
    write_json("decode.json", decoded)
    write_json("transforms.json", transforms)
    write_json("resize.json", list(resize_cases()))


if __name__ == "__main__":
    main()
