"""Writes tiny random CLIPModel checkpoints with transformers, and what they compute.

Output, one folder per case under core/src/test/resources/dev/auscult/model/clip/:
  config.json, model.safetensors (or shards with their index)
  expected.safetensors   pixels [n, c, h, w], ids [m, padded] int64, lengths [m], and computed by
                         transformers in float32: image_embeds [n, d], text_embeds [m, d] (unit
                         rows), logits_per_image [n, m], pooled [m] (positions)

The weights are drawn from one seed per case, wide enough that every tensor matters. The folder
"complete" also holds tokenizer.json and preprocessor_config.json, so that it loads by name.
"""

import json
import pathlib
import shutil

import torch
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import CLIPConfig, CLIPModel

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/model/clip"


def text(**changes):
    base = dict(
        vocab_size=60, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=20, bos_token_id=58, eos_token_id=59, pad_token_id=59, hidden_act="quick_gelu",
    )
    return {**base, **changes}


def vision(**changes):
    base = dict(
        hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2, image_size=24, patch_size=8,
        hidden_act="quick_gelu",
    )
    return {**base, **changes}


CASES = {
    # OpenAI's own configurations: eos_token_id 2, the largest id marks the end
    "quick-gelu-old-end": dict(text=text(eos_token_id=2, bos_token_id=0, pad_token_id=1), vision=vision(), dimension=16),
    # open_clip conversions: exact GELU, first end token, other sizes and epsilons
    "gelu-new-end": dict(
        text=text(hidden_act="gelu", hidden_size=24, num_attention_heads=3, layer_norm_eps=1e-3, num_hidden_layers=1),
        vision=vision(
            hidden_act="gelu", patch_size=5, image_size=30, num_attention_heads=4, layer_norm_eps=1e-2, num_channels=1
        ),
        dimension=20,
    ),
    "sharded": dict(text=text(num_hidden_layers=1), vision=vision(num_hidden_layers=1), dimension=8, shard="30KB"),
    "bfloat16-weights": dict(text=text(), vision=vision(num_hidden_layers=3), dimension=16, dtype=torch.bfloat16),
    "complete": dict(
        text=text(vocab_size=514 + 6, bos_token_id=518, eos_token_id=519, pad_token_id=519, hidden_size=16, intermediate_size=32),
        vision=vision(patch_size=4, image_size=16, hidden_size=24, num_attention_heads=3),
        dimension=16,
    ),
}


def randomise(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if name == "logit_scale":
                parameter.fill_(2.0 + 0.1 * seed)
            elif "norm" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.3 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(0.3 * noise)
            elif "embedding" in name:
                parameter.copy_(0.7 * noise)
            else:
                parameter.copy_(noise * 1.4 * parameter[0].numel() ** -0.5)


def inputs(config, seed):
    generator = torch.Generator().manual_seed(1000 + seed)
    v, t = config.vision_config, config.text_config
    pixels = torch.randn((5, v.num_channels, v.image_size, v.image_size), generator=generator)
    end = t.vocab_size - 1 if t.eos_token_id == 2 else t.eos_token_id
    lengths = [3, t.max_position_embeddings, 7, 2, 12, 7]
    rows = []
    for length in lengths:
        words = torch.randint(3, t.vocab_size - 3, (length - 2,), generator=generator).tolist()
        rows.append([t.bos_token_id, *words, end])
    rows[4][5] = end  # an end token inside: read at the first one
    ids = torch.full((len(rows), t.max_position_embeddings), t.pad_token_id)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return pixels, ids, torch.tensor(lengths)


def pooled(ids, config):
    end = config.text_config.eos_token_id
    return (ids if end == 2 else (ids == end).int()).argmax(-1)


def sparse(folder):
    """Removes what equals the defaults, as transformers 4 wrote configurations."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    for key in ("text_config", "vision_config"):
        defaults = type(getattr(CLIPConfig(), key))().to_dict()
        config[key] = {k: v for k, v in config[key].items() if k in ("hidden_size",) or defaults.get(k) != v}
    path.write_text(json.dumps(config, indent=2) + "\n")


def byte_tokenizer(vocabulary_size):
    """CLIP's byte-level BPE with a handful of merges."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = [("e", "f"), ("ef", "f"), ("l", "u"), ("n", "o</w>")]
    tokens = alphabet + [c + "</w>" for c in alphabet] + [a + b for a, b in merges]
    tokens += ["<|startoftext|>"]
    tokens += [f"unused{i}" for i in range(vocabulary_size - len(tokens) - 1)] + ["<|endoftext|>"]
    vocab = {token: i for i, token in enumerate(tokens)}
    # the two special tokens close the vocabulary
    start, end = vocabulary_size - 2, vocabulary_size - 1
    at_start = tokens[start]
    vocab[at_start], vocab["<|startoftext|>"] = vocab["<|startoftext|>"], start
    tokenizer = Tokenizer(
        models.BPE(vocab=vocab, merges=merges, unk_token="<|endoftext|>", end_of_word_suffix="</w>", continuing_subword_prefix="")
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(
                Regex(
                    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
                ),
                behavior="removed",
                invert=True,
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(
        ("<|endoftext|>", end), ("<|startoftext|>", start), trim_offsets=False, add_prefix_space=False
    )
    tokenizer.add_special_tokens(["<|startoftext|>", "<|endoftext|>"])
    return tokenizer


def complete(folder, config):
    tokenizer = byte_tokenizer(config.text_config.vocab_size)
    assert tokenizer.token_to_id("<|endoftext|>") == config.text_config.eos_token_id
    assert tokenizer.token_to_id("<|startoftext|>") == config.text_config.bos_token_id
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "CLIPTokenizer", "model_max_length": config.text_config.max_position_embeddings,
                "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>",
                "unk_token": "<|endoftext|>",
            },
            indent=2,
        )
        + "\n"
    )
    size = config.vision_config.image_size
    (folder / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "image_processor_type": "CLIPImageProcessor", "do_convert_rgb": True, "do_resize": True,
                "size": {"shortest_edge": size}, "resample": 3, "do_center_crop": True,
                "crop_size": {"height": size, "width": size}, "do_rescale": True, "rescale_factor": 1 / 255,
                "do_normalize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073],
                "image_std": [0.26862954, 0.26130258, 0.27577711],
            },
            indent=2,
        )
        + "\n"
    )


def write(name, case, seed):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config = CLIPConfig(text_config=case["text"], vision_config=case["vision"], projection_dim=case["dimension"])
    model = CLIPModel(config).eval()
    randomise(model, seed)
    dtype = case.get("dtype", torch.float32)
    model.to(dtype).save_pretrained(folder, max_shard_size=case.get("shard", "1GB"))
    model = model.to(torch.float32)
    if name == "gelu-new-end":
        sparse(folder)
    if name == "complete":
        complete(folder, config)
    pixels, ids, lengths = inputs(config, seed)
    with torch.no_grad():
        result = model(input_ids=ids, pixel_values=pixels, attention_mask=torch.ones_like(ids))
    save_file(
        {
            "pixels": pixels, "ids": ids, "lengths": lengths, "pooled": pooled(ids, config),
            "image_embeds": result.image_embeds, "text_embeds": result.text_embeds,
            "logits_per_image": result.logits_per_image.contiguous(),
        },
        folder / "expected.safetensors",
    )
    for file in folder.iterdir():
        file.chmod(0o644)
    print(name, sum(file.stat().st_size for file in folder.iterdir()), "bytes")


def main():
    for seed, (name, case) in enumerate(CASES.items()):
        write(name, case, seed)


if __name__ == "__main__":
    main()
