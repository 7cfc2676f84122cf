"""Small random checkpoints in the layouts that the authors of medical models published, built of the
reference libraries' own classes under the names that the authors' code gives their tensors.

Writes the cases medclip-swin, medclip-resnet, cxr-clip-swin, cxr-clip-resnet, biovil, biovil-t, chexzero,
pmc-clip, keep and unimed-clip (see zoo.py; of the pixels, which are large, only pixel_sample: every 97th
value of the batch). Weights are rounded to half precision and stored so, to be small; the reference
computes with the rounded values in float32. Preprocessing is that of model_transforms.py; images are read
in colour first where the authors' code does.

scores are the authors' logits: the scale times the cosine, for BioViL, which has no scale, the cosine.
KEEP and UniMed-CLIP take images of 32 pixels here, as many as their positions say. The scale of MedCLIP is cut at 4.6052; that of medclip-resnet is larger. An image of BioViL-T is embedded
without a previous one. PMC-CLIP reads the padding of its texts.
"""

import warnings

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import nn
from torch.nn.functional import normalize

warnings.filterwarnings("ignore", category=FutureWarning)  # hi-ml imports from timm's old module

import timm.models.vision_transformer as timm_transformer
from health_multimodal.text.model import CXRBertConfig, CXRBertModel
from open_clip.hf_model import HFTextEncoder
from open_clip.model import CLIP
from open_clip.modified_resnet import ModifiedResNet
from open_clip.transformer import Transformer
from torchvision.models.resnet import Bottleneck, ResNet
from transformers import BertConfig, BertModel, SwinConfig, SwinModel

import clip_layouts
import zoo
from convolution_towers import biovil as biovil_images
from convolution_towers import narrow, published_names
from model_transforms import BICUBIC, BILINEAR, CLIP_CHANNELS, bio_vil, che_xzero, med_clip, torchvision

WIDTH, DIMENSION = 64, 20
IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


# ---------------------------------------------------------------- parts


def words():
    """A vocabulary of single characters."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,;:!?", *letters, *("##" + letter for letter in letters)]


def tokenize(path, context):
    """Writes the tokenizer's files beside the weights and returns the ids of the shared texts."""
    vocabulary = {word: i for i, word in enumerate(words())}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.add_special_tokens(words()[:5])
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    names = {f"{name}_token": f"[{name.upper()}]" for name in ("cls", "mask", "pad", "sep", "unk")}
    zoo.write_json(path / "tokenizer_config.json",
                   {**names, "do_lower_case": True, "model_max_length": 512, "tokenizer_class": "BertTokenizer"})
    tokenizer.enable_truncation(context)
    return [tokenizer.encode(text).ids for text in zoo.TEXTS]


def bert_config(positions, **changes):
    size = dict(hidden_size=WIDTH, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
    return BertConfig(vocab_size=len(words()), max_position_embeddings=positions, **{**size, **changes})


def bert(positions, **changes):
    return BertModel(bert_config(positions, **changes))


def swin():
    return SwinModel(SwinConfig(embed_dim=4, depths=[2, 1, 1, 1], num_heads=[1, 2, 2, 4]))


def resnet(width=2):
    return narrow(ResNet(Bottleneck, [1, 1, 1, 1]), width, [1, 1, 1, 1])


def swin_names(model):
    """Published names, with the numbers of relative positions that old files keep."""
    holder = nn.Module()
    holder.model, holder.projection_head = model, nn.Identity()
    state = {name.removeprefix("model."): tensor for name, tensor in published_names(holder).items()}
    numbers = torch.zeros(49, 49, dtype=torch.int64)
    for name in [name for name in state if name.endswith("relative_position_bias_table")]:
        state[name.replace("bias_table", "index")] = numbers
    return state


def bert_names(model, positions):
    return {**model.state_dict(), "embeddings.position_ids": torch.arange(positions)[None]}


def prefixed(prefix, state):
    return {prefix + name: tensor for name, tensor in state.items()}


def half(state):
    return {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in state.items()}


@torch.no_grad()
def rounded(module, seed, run=None):
    """Random weights that half precision holds exactly; batch norms with the statistics of what run computes."""
    zoo.randomise(module, seed)
    if run is not None:
        for part in module.modules():
            if isinstance(part, nn.BatchNorm2d):
                part.reset_running_stats()
                part.momentum = None
        module.train()
        run(module)
        for part in module.modules():
            if isinstance(part, nn.BatchNorm2d):
                part.running_var.add_(0.1)  # what hardly varies would amplify roundings
    for tensor in [*module.parameters(), *module.buffers()]:
        if tensor.is_floating_point():
            tensor.copy_(tensor.half())
    return module.eval()


def linear(inputs, outputs, bias=True):
    return nn.Linear(inputs, outputs, bias=bias)


def pixels(transform, colour=True):
    opened = [image.convert("RGB") if colour else image for image in zoo.images()]
    return torch.stack([torch.as_tensor(transform(image)[1]).float() for image in opened])


@torch.no_grad()
def expect(path, images, rows, embed_images, embed_text, scale):
    """embed_text takes the ids of one text, [1, length], so that no padding is there."""
    image_features = embed_images(images)
    text_features = torch.cat([embed_text(torch.tensor([row])) for row in rows])
    scores = scale * zoo.unit(image_features) @ zoo.unit(text_features).T
    ids = torch.full((len(rows), max(map(len, rows))), -1, dtype=torch.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    save_file(
        {
            "pixel_sample": images.flatten()[::97].contiguous(), "ids": ids,
            "lengths": torch.tensor([len(row) for row in rows]),
            "image_embeds": zoo.unit(image_features).contiguous(), "text_embeds": zoo.unit(text_features).contiguous(),
            "scores": scores.float().contiguous(),
        },
        path.parent / "expected.safetensors",
    )
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    for file in files:
        file.chmod(0o644)
    cosine = float(zoo.unit(image_features)[0] @ zoo.unit(image_features)[1])
    print(path.parent.name, sum(file.stat().st_size for file in files), f"bytes, cosine of the images {cosine:.6f}")


# ---------------------------------------------------------------- models


def medclip(name, seed, backbone):
    """vision_model.model with its projection inside (ResNet) or beside it (Swin)."""
    path = zoo.folder(name)
    rows = tokenize(path, 77)
    vision, text = nn.Module(), nn.Module()
    vision.model, text.model = backbone(), bert(77, num_hidden_layers=2)
    text.projection_head = linear(WIDTH, DIMENSION, bias=False)
    if backbone is swin:
        vision.projection_head = linear(vision.model.num_features, DIMENSION, bias=False)
    else:
        vision.model.fc = linear(64, DIMENSION, bias=False)
    images = pixels(med_clip, colour=False)
    rounded(vision, seed, lambda part: part.model(images)), rounded(text, seed + 1)
    logarithm = torch.tensor(2.5 if backbone is swin else 5.0)
    state = prefixed("text_model.model.", bert_names(text.model, 77))
    state["text_model.projection_head.weight"] = text.projection_head.weight.data
    if backbone is swin:
        state.update(prefixed("vision_model.model.", swin_names(vision.model)))
        state["vision_model.projection_head.weight"] = vision.projection_head.weight.data
    else:
        state.update(prefixed("vision_model.model.", vision.model.state_dict()))
    torch.save({"logit_scale": logarithm, **half(state)}, path / "pytorch_model.bin")

    def embed_images(images):
        return vision.projection_head(vision.model(images).pooler_output) if backbone is swin else vision.model(images)

    def embed_text(ids):
        hidden = text.model(ids, output_hidden_states=True).hidden_states
        return text.projection_head(torch.stack([hidden[1], hidden[2], hidden[-1]]).mean(2).mean(0))

    scale = torch.clamp(logarithm, 0, 4.6052).exp()
    expect(path, images, rows, embed_images, embed_text, scale)


def cxr_clip(name, seed, backbone):
    """A training checkpoint with its configuration; ResNets were evaluated with ImageNet's normalisation."""
    path = zoo.folder(name)
    rows = tokenize(path, 256)
    network, text = backbone(), bert(256)
    if backbone is resnet:
        network.fc = nn.Identity()
    features = network.num_features if backbone is swin else 64
    heads = nn.ModuleDict({"image": linear(features, DIMENSION), "text": linear(WIDTH, DIMENSION)})
    channels = ((0.5,) * 3, (0.5,) * 3) if backbone is swin else IMAGENET
    images = pixels(torchvision(224, BILINEAR, *channels))
    rounded(network, seed, lambda part: part(images)), rounded(text, seed + 1), rounded(heads, seed + 2)
    image_names = ("image_encoder.image_encoder.", swin_names) if backbone is swin else ("image_encoder.resnet.", nn.Module.state_dict)
    state = {
        **prefixed(image_names[0], image_names[1](network)),
        **prefixed("text_encoder.text_encoder.", bert_names(text, 256)),
        **prefixed("image_projection.projection.", heads["image"].state_dict()),
        **prefixed("text_projection.projection.", heads["text"].state_dict()),
    }
    image_encoder = (
        {"source": "huggingface", "name": "microsoft/swin-tiny-patch4-window7-224", "pretrained": True, "model_type": "swin"}
        if backbone is swin
        else {"source": "torchvision", "name": "resnet", "pretrained": True}
    )
    config = {
        "base": {"seed": 1234, "image_size": 224, "text_max_length": 256},
        "tokenizer": {"source": "huggingface", "pretrained_model_name_or_path": "emilyalsentzer/Bio_ClinicalBERT"},
        "model": {
            "name": "clip_custom", "temperature": 0.07, "image_encoder": image_encoder,
            "text_encoder": {"source": "huggingface", "name": "emilyalsentzer/Bio_ClinicalBERT", "pooling": "eos"},
            "projection_head": {"name": "linear", "dropout": 0.1, "proj_dim": DIMENSION},
        },
    }
    logarithm = torch.tensor(2.5)
    torch.save(
        {
            "model": {"logit_scale": logarithm, **half(state)}, "optimizer": {"state": {}, "param_groups": []},
            "scheduler": {"last_epoch": 15}, "config": config, "epoch": 15, "train_loss": 0.5,
        },
        path / "model-best.tar",
    )

    def embed_images(images):
        if backbone is swin:
            return heads["image"](network(images).last_hidden_state[:, 0])
        return heads["image"](network(images))

    expect(path, images, rows, embed_images, lambda ids: heads["text"](text(ids).last_hidden_state[:, -1]), logarithm.exp())


def biovil(name, seed, reduced=None):
    """hi-ml's image model as .pt beside its text model's folder."""
    path = zoo.folder(name)
    rows = tokenize(path, 96)
    inputs = pixels(bio_vil(448 if reduced else 480), colour=False)
    images = rounded(biovil_images(2, [1, 1, 1, 1], DIMENSION, reduced), seed, lambda part: part(inputs))
    config = CXRBertConfig(**bert_config(96).to_diff_dict() | {"projection_size": DIMENSION})
    text = rounded(CXRBertModel(config), seed + 1)
    zoo.write_json(path / "config.json", {
        "architectures": ["CXRBertModel"], "model_type": "cxr-bert", "projection_size": DIMENSION,
        **{key: getattr(config, key) for key in (
            "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
            "max_position_embeddings", "type_vocab_size", "hidden_act", "layer_norm_eps", "pad_token_id")},
    })
    torch.save(half(text.state_dict()), path / "pytorch_model.bin")
    file = "biovil_t_image_model_proj_size_128.pt" if reduced else "biovil_image_resnet50_proj_size_128.pt"
    torch.save(half(images.state_dict()), path / file)

    def embed_text(ids):
        return text.get_projected_text_embeddings(ids, torch.ones_like(ids), normalize_embeddings=False)

    expect(path, inputs, rows, lambda x: images(x).projected_global_embedding, embed_text, 1)


def chexzero(seed):
    """OpenAI's names in a plain state dictionary, fine-tuned in float32."""
    path = zoo.folder("chexzero")
    size = dict(vision={"image_size": 224, "patch_size": 16, "width": 64})
    model = rounded(CLIP(**clip_layouts.config(quick_gelu=True, **size)), seed)
    rows = clip_layouts.tokenize(path)
    torch.save(half(model.state_dict()), path / "best_64_5e-05_original_22000_0.864.pt")
    zoo.write_json(path / "auscult.json", {"model": "chexzero"})
    encode = lambda ids: model.encode_text(zoo.padded(ids.tolist(), 0, clip_layouts.CONTEXT))
    expect(path, pixels(che_xzero(False)), rows, model.encode_image, encode, model.logit_scale.exp())


def pmc_clip(seed):
    """A training checkpoint of PMC_CLIP, with the parts of its masked language modelling."""
    path = zoo.folder("pmc-clip")
    rows = tokenize(path, 77)
    model = nn.Module()
    model.visual = ModifiedResNet([1, 1, 1, 1], DIMENSION, heads=1, image_size=224, width=2)
    model.text_encoder = bert(77)
    model.positional_embedding = nn.Parameter(torch.zeros(77, WIDTH))
    model.ln_final = nn.LayerNorm(WIDTH)
    model.text_projection = nn.Parameter(torch.zeros(WIDTH, DIMENSION))
    model.mlm_projection = nn.Parameter(torch.zeros(WIDTH, len(words())))
    model.logit_scale = nn.Parameter(torch.tensor(0.0))
    model.img_special_token = nn.Parameter(torch.zeros(1, 1, DIMENSION))
    model.fusion_module = Transformer(16, 1, 1)
    images = pixels(torchvision(224, BICUBIC, *CLIP_CHANNELS))
    rounded(model, seed, lambda part: part.visual(images))
    state = {**model.state_dict(), "text_encoder.embeddings.position_ids": torch.arange(77)[None]}
    torch.save({"epoch": 80, "name": "pmc", "state_dict": half(prefixed("module.", state))}, path / "checkpoint.pt")

    def embed_text(ids):
        filled = zoo.padded(ids.tolist(), 0, 77)
        return model.text_encoder(filled).last_hidden_state[:, 0] @ model.text_projection

    expect(path, images, rows, model.visual, embed_text, model.logit_scale.exp())


def keep(seed):
    """The folder on the hub: a timm transformer whose scales are called weight, and BERT's pooler."""
    path = zoo.folder("keep")
    rows = tokenize(path, 256)
    model = nn.Module()
    model.visual = timm_transformer.VisionTransformer(
        img_size=32, patch_size=8, embed_dim=WIDTH, depth=1, num_heads=1, mlp_ratio=0.5, init_values=1e-5, num_classes=0)
    model.visual_head = nn.Sequential(linear(WIDTH, WIDTH), nn.GELU(), linear(WIDTH, WIDTH))
    model.text = bert(256)
    model.logit_scale = nn.Parameter(torch.tensor(0.0))
    rounded(model, seed)
    zoo.write_json(path / "config.json", {
        "architectures": ["KEEPModel"], "model_type": "keep", "projection_dim": WIDTH,
        "auto_map": {"AutoConfig": "modeling_keep.KEEPConfig", "AutoModel": "modeling_keep.KEEPModel"},
        "text_config": bert_config(256).to_diff_dict(), "vision_config": None,
    })
    state = {name.replace(".gamma", ".weight"): tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(half(state), path / "model.safetensors")
    images = pixels(torchvision(32, BICUBIC, *IMAGENET))
    expect(path, images, rows, lambda x: model.visual_head(model.visual(x)), lambda ids: model.text(ids).pooler_output,
           model.logit_scale.exp())


def unimed_clip(seed):
    """A training checkpoint of an early open_clip whose text encoder is called text_encoder."""
    path = zoo.folder("unimed-clip")
    rows = tokenize(path, 256)
    model = nn.Module()
    cfg = clip_layouts.config(quick_gelu=True, vision={"image_size": 32, "patch_size": 8, "width": 64, "mlp_ratio": 0.5})
    model.visual = CLIP(**cfg).visual
    model.text_encoder = HFTextEncoder("bert", cfg["embed_dim"], bert_config(256), "cls_last_hidden_state_pooler", "mlp")
    model.logit_scale = nn.Parameter(torch.tensor(0.0))
    rounded(model, seed)
    state = {**model.state_dict(), "text_encoder.transformer.embeddings.position_ids": torch.arange(256)[None]}
    torch.save({"epoch": 10, "name": "unimed", "state_dict": half(prefixed("module.", state))}, path / "unimed_clip_vit_b16.pt")
    images = pixels(torchvision(32, BICUBIC, *CLIP_CHANNELS))
    expect(path, images, rows, model.visual, model.text_encoder, model.logit_scale.exp())


def main():
    medclip("medclip-swin", 31, swin)
    medclip("medclip-resnet", 34, resnet)
    cxr_clip("cxr-clip-swin", 37, swin)
    cxr_clip("cxr-clip-resnet", 41, resnet)
    biovil("biovil", 45)
    biovil("biovil-t", 48, reduced=8)
    chexzero(51)
    pmc_clip(52)
    keep(53)
    unimed_clip(54)


if __name__ == "__main__":
    main()
