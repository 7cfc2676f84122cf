"""What the reference libraries compute of small checkpoints at other image sizes than those they were trained with.

Reads the models that clip_checkpoints.py, clip_layouts.py, bert_layouts.py, hugging_face_layouts.py and
published_models.py wrote, loads each as its library does for another size, and writes beside them
expected-<size>.safetensors with
  pixel_sample       every 97th value of what the library's own preprocessing for that size makes of the two images
  image_embeds [2, d]   unit rows, computed in float32

transformers: interpolate_pos_encoding=True (DINOv2 always interpolates). open_clip: force_image_size, or where its
factory cannot build a model this small, what the factory calls: resize_pos_embed for its own towers,
set_input_size for timm's.
"""

import torch
import open_clip
import timm.models.vision_transformer as timm_transformer
from open_clip.factory import load_checkpoint
from open_clip.model import CLIP, CustomTextCLIP, resize_pos_embed
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import load_file, save_file
from transformers import CLIPModel, CLIPVisionConfig, Dinov2Model, SiglipModel
from transformers import CLIPVisionModelWithProjection
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

import bert_layouts
import clip_layouts
import published_models
import zoo
from model_transforms import BICUBIC, torchvision

CLIP_FOLDER = zoo.OUT.parent / "clip"


def write(folder, size, pixels, features):
    assert pixels.shape[-2:] == (size, size)
    save_file(
        {"pixel_sample": pixels.flatten()[::97].contiguous(), "image_embeds": zoo.unit(features).contiguous()},
        folder / f"expected-{size}.safetensors",
    )
    (folder / f"expected-{size}.safetensors").chmod(0o644)
    cosine = float(zoo.unit(features)[0] @ zoo.unit(features)[1])
    print(folder.name, size, f"cosine of the images {cosine:.6f}")


def processed(processor):
    return processor([image.convert("RGB") for image in zoo.images()], return_tensors="pt")["pixel_values"]


def transformed(transform):
    return torch.stack([transform(image) for image in zoo.images()])


def features(result):
    return result if isinstance(result, torch.Tensor) else result.pooler_output


def hugging_face(folder, model_folder, cls, processor_cls, sizes, shortest):
    model = cls.from_pretrained(model_folder).eval()
    for size in sizes:
        edges = {"size": {"shortest_edge": size}, "crop_size": {"height": size, "width": size}}
        changes = edges if shortest else {"size": {"height": size, "width": size}}
        pixels = processed(processor_cls.from_pretrained(model_folder, **changes))
        if cls is Dinov2Model:
            embeds = model(pixel_values=pixels).last_hidden_state[:, 0]
        else:
            embeds = features(model.get_image_features(pixel_values=pixels, interpolate_pos_encoding=True))
        write(folder, size, pixels, embeds)


def rclip(size):
    """VisionTextDualEncoderModel hands images on to CLIP's tower, which is asked here by itself."""
    folder = zoo.OUT / "rclip"
    config = CLIPVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=8,
        projection_dim=20)
    model = CLIPVisionModelWithProjection(config)
    state = load_file(folder / "model/model.safetensors")
    names = {name: name.replace("vision_model.", "vision_model.vision_model.", 1) for name in model.state_dict()}
    names["visual_projection.weight"] = "visual_projection.weight"
    model.load_state_dict({name: state[stored] for name, stored in names.items()})
    processor = CLIPImageProcessorPil.from_pretrained(
        folder / "model", size={"shortest_edge": size}, crop_size={"height": size, "width": size})
    pixels = processed(processor)
    write(folder, size, pixels, model.eval()(pixels, interpolate_pos_encoding=True).image_embeds)


def open_clip_local(name, size, **changes):
    """open_clip's own way from a folder; half of the cases squash images, half cut them."""
    folder = zoo.OUT / name
    model, transform = open_clip.create_model_from_pretrained(f"local-dir:{folder / 'model'}", force_image_size=size, **changes)
    pixels = transformed(transform)
    write(folder, size, pixels, model.eval().encode_image(pixels))


def openai(name, file, size, sizes_of=lambda state: state):
    folder = zoo.OUT / name
    model = CLIP(**clip_layouts.config(quick_gelu=True, vision={"image_size": size}))
    state = sizes_of(torch.load(folder / "model" / file, weights_only=True))
    state = {key: value for key, value in state.items() if key in model.state_dict()}
    resize_pos_embed(state, model)
    model.load_state_dict({key: value.float() for key, value in state.items()})
    pixels = transformed(clip_layouts.clip_transform(size))
    write(folder, size, pixels, model.eval().encode_image(pixels))


def biomedclip(size):
    folder = zoo.OUT / "biomedclip"
    vision = {"timm_model_name": "vit_nano_patch8_32", "timm_model_pretrained": False, "timm_pool": "", "timm_proj": "linear",
              "image_size": 32}
    visual = CustomTextCLIP(48, vision, {"context_length": 8, "vocab_size": 16, "width": 64, "heads": 1, "layers": 1}).visual
    state = torch.load(folder / "model/open_clip_pytorch_model.bin", weights_only=True)
    visual.load_state_dict({key.removeprefix("visual."): value for key, value in state.items() if key.startswith("visual.")})
    visual.set_input_size(size)
    pixels = transformed(image_transform_v2(PreprocessCfg(size=size), is_train=False))
    write(folder, size, pixels, visual.eval()(pixels))


def keep(size):
    folder = zoo.OUT / "keep"
    state = {key.replace(".ls1.weight", ".ls1.gamma").replace(".ls2.weight", ".ls2.gamma"): value.float()
             for key, value in load_file(folder / "model/model.safetensors").items()}
    visual = timm_transformer.VisionTransformer(
        img_size=32, patch_size=8, embed_dim=64, depth=1, num_heads=1, mlp_ratio=0.5, init_values=1e-5, num_classes=0)
    head = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.GELU(), torch.nn.Linear(64, 64))
    for module, prefix in ((visual, "visual."), (head, "visual_head.")):
        module.load_state_dict({key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)})
    visual.set_input_size((size, size))
    pixels = published_models.pixels(torchvision(size, BICUBIC, *published_models.IMAGENET))
    write(folder, size, pixels, head(visual.eval()(pixels)))


def unimed(size):
    folder = zoo.OUT / "unimed-clip"
    cfg = clip_layouts.config(quick_gelu=True, vision={"image_size": size, "patch_size": 8, "width": 64, "mlp_ratio": 0.5})
    model = CLIP(**cfg)
    stored = torch.load(folder / "model/unimed_clip_vit_b16.pt", weights_only=True)["state_dict"]
    state = {key.removeprefix("module."): value.float() for key, value in stored.items() if key.startswith("module.visual.")}
    resize_pos_embed(state, model)
    model.visual.load_state_dict({key.removeprefix("visual."): value for key, value in state.items()})
    pixels = transformed(clip_layouts.clip_transform(size))
    write(folder, size, pixels, model.visual.eval()(pixels))


@torch.no_grad()
def main():
    complete = CLIP_FOLDER / "complete"
    hugging_face(complete, complete, CLIPModel, CLIPImageProcessorPil, (32, 8), True)
    hugging_face(zoo.OUT / "siglip", zoo.OUT / "siglip/model", SiglipModel, SiglipImageProcessorPil, (48, 24), False)
    hugging_face(zoo.OUT / "dinov2", zoo.OUT / "dinov2/model", Dinov2Model, BitImageProcessorPil, (42, 14), True)
    for size in (48, 24):
        rclip(size)
        open_clip_local("open-clip", size)
        open_clip_local("open-clip-text", size, init_logit_bias=-10.0, force_custom_text=True)
        openai("openai-half", "ViT.pt", size)
        openai("openai-nested", "PubMedCLIP_ViT.pth", size, lambda checkpoint: checkpoint["state_dict"])
        biomedclip(size)
        keep(size)
        unimed(size)


if __name__ == "__main__":
    main()
