"""Writes tiny random text encoders, most of them around BERT, and what they compute.

Output, one folder per case under core/src/test/resources/dev/auscult/model/text/:
  model.safetensors      the weights by the names their library gives them
  expected.safetensors   ids [n, padded] int64, lengths [n], hidden [n, padded] int64 (1 where a token
                         is masked out as well) and, computed in float32, text_embeds [n, d] (unit
                         rows) of the texts and, where padding is masked out, hidden_embeds [n, d] of
                         the texts without the hidden tokens

BERT is transformers' BertModel, siglip its SiglipTextModel, conch open_clip's TextTransformer; biomedclip is open_clip's HFTextEncoder and rclip transformers'
VisionTextDualEncoderModel around it. The others' poolings and projections have no library class: they
are written out here as their authors publish them. "keep" reads the same weights as rclip does.
"""

import pathlib
import shutil

import torch
from open_clip.hf_model import HFTextEncoder
from open_clip.transformer import TextTransformer
from random_weights import randomise
from safetensors.torch import save_file
from torch import nn
from torch.nn.functional import gelu, normalize
from transformers import (
    BertConfig,
    BertModel,
    CLIPVisionConfig,
    SiglipTextConfig,
    SiglipTextModel,
    VisionTextDualEncoderConfig,
    VisionTextDualEncoderModel,
)

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/model/text"
CONTEXT = 14
WIDTH = 16


def config(**changes):
    base = dict(
        vocab_size=40, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24,
        max_position_embeddings=20, type_vocab_size=2, pad_token_id=0,
    )
    return BertConfig(**{**base, **changes})


class Projected(nn.Module):
    """BertModel and whatever follows it, by the names of a checkpoint."""

    def __init__(self, bert, **heads):
        super().__init__()
        self.bert = bert
        for name, head in heads.items():
            setattr(self, name, head)


def biomedclip():
    model = nn.Module()
    model.text = HFTextEncoder("bert", 12, config(), "cls_last_hidden_state_pooler", "mlp")
    return model, lambda ids, mask: model.text.proj(model.text.transformer(ids, attention_mask=mask).last_hidden_state[:, 0])


def rclip():
    vision = CLIPVisionConfig(hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1, image_size=8, patch_size=8)
    both = VisionTextDualEncoderConfig.from_vision_text_configs(vision, config(num_hidden_layers=3), projection_dim=12)
    model = VisionTextDualEncoderModel(both)
    return model, lambda ids, mask: model.get_text_features(input_ids=ids, attention_mask=mask).pooler_output


def cxr_bert():
    model = Projected(
        BertModel(config(), add_pooling_layer=False),
        dense_to_hidden=nn.Linear(WIDTH, 12), LayerNorm=nn.LayerNorm(12, eps=1e-12), dense_to_output=nn.Linear(12, 12),
    )

    def embed(ids, mask):
        first = model.bert(ids, attention_mask=mask).last_hidden_state[:, 0]
        return model.dense_to_output(model.LayerNorm(gelu(model.dense_to_hidden(first))))

    return model, embed


def medclip(layers):
    model = Projected(
        BertModel(config(num_hidden_layers=layers), add_pooling_layer=False), projection_head=nn.Linear(WIDTH, 12, bias=False)
    )

    def embed(ids, mask):
        states = model.bert(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        chosen = torch.stack([states[1], states[2], states[-1]]).permute(1, 0, 2, 3)
        # the authors' mean runs over all tokens of the batch: a text alone has no others
        rows = [chosen[i][:, mask[i].bool()].mean(1).mean(0) for i in range(len(ids))]
        return model.projection_head(torch.stack(rows))

    return model, embed


def cxr_clip():
    model = Projected(BertModel(config(), add_pooling_layer=False), text_projection=nn.Linear(WIDTH, 12))

    def embed(ids, mask, lengths):
        states = model.bert(ids, attention_mask=mask).last_hidden_state
        return model.text_projection(states[torch.arange(len(ids)), lengths - 1])

    return model, embed


def pmc_clip():
    model = Projected(BertModel(config(), add_pooling_layer=False))
    model.text_projection_layer = nn.Parameter(torch.empty(WIDTH, WIDTH))
    return model, lambda ids, mask: model.bert(ids).last_hidden_state[:, 0] @ model.text_projection_layer


def siglip():
    """No mask: the context is filled with id 1 and its last position is read."""
    config = SiglipTextConfig(
        vocab_size=40, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24,
        max_position_embeddings=CONTEXT, projection_size=12,
    )
    model = SiglipTextModel(config)
    return model, lambda ids, mask: model(torch.where(mask == 1, ids, 1)).pooler_output


def conch():
    """open_clip's TextTransformer with CoCa's class token, under the names of CLIP in transformers."""
    model = TextTransformer(
        context_length=CONTEXT, vocab_size=40, width=WIDTH, heads=4, layers=2, mlp_ratio=1.5, output_dim=12, embed_cls=True
    )
    return model, lambda ids, mask: model(ids)


def renamed(weights):
    """CoCa's tensors as this project names them: CLIP's names, projections apart."""
    plain = {
        "token_embedding.weight": "embeddings.token_embedding.weight", "cls_emb": "embeddings.class_embedding",
        "positional_embedding": "embeddings.position_embedding.weight", "text_projection": "text_projection",
        "ln_final.weight": "final_layer_norm.weight", "ln_final.bias": "final_layer_norm.bias",
    }
    parts = {"ln_1": "layer_norm1", "ln_2": "layer_norm2", "attn.out_proj": "self_attn.out_proj", "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2"}
    result = {}
    for key, value in weights.items():
        if key in plain:
            result[plain[key]] = value
            continue
        _, _, layer, part = key.split(".", 3)
        block = f"encoder.layers.{layer}."
        if part.startswith("attn.in_proj_"):
            for letter, piece in zip("qkv", value.chunk(3)):
                result[f"{block}self_attn.{letter}_proj.{part.removeprefix('attn.in_proj_')}"] = piece.contiguous()
        else:
            name, kind = part.rsplit(".", 1)
            result[f"{block}{parts[name]}.{kind}"] = value
    return result


CASES = {
    "biomedclip": biomedclip,
    "rclip": rclip,
    "cxr-bert": cxr_bert,
    "medclip": lambda: medclip(4),
    "medclip-two-layers": lambda: medclip(2),
    "cxr-clip": cxr_clip,
    "pmc-clip": pmc_clip,
    "siglip": siglip,
    "conch": conch,
}


def texts(seed):
    """Ids, lengths and hidden tokens; [CLS] 2 and [SEP] 3 as in BERT, both never hidden."""
    generator = torch.Generator().manual_seed(2000 + seed)
    lengths = torch.tensor([5, CONTEXT, 9, 2, 12, 9])
    ids = torch.zeros((len(lengths), CONTEXT), dtype=torch.int64)
    hidden = torch.zeros_like(ids)
    for i, length in enumerate(lengths.tolist()):
        words = torch.randint(5, 40, (length - 2,), generator=generator).tolist()
        ids[i, :length] = torch.tensor([2, *words, 3])
        hidden[i, 1 : length - 1] = torch.randint(0, 2, (length - 2,), generator=generator)
    hidden[1, 1 : CONTEXT - 1] = 1  # all there is to hide
    return ids, lengths, hidden


def write(name, case, seed):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model, embed = case()
    model.eval()
    randomise(model, seed)
    ids, lengths, hidden = texts(seed)
    present = (torch.arange(CONTEXT)[None] < lengths[:, None]).long()
    more = {"lengths": lengths} if name == "cxr-clip" else {}
    expected = {"ids": ids, "lengths": lengths, "hidden": hidden}
    with torch.no_grad():
        expected["text_embeds"] = normalize(embed(ids, present, **more), dim=-1)
        if name not in ("pmc-clip", "siglip", "conch"):
            expected["hidden_embeds"] = normalize(embed(ids, present * (1 - hidden), **more), dim=-1)
        if name == "rclip":
            pooled = model.text_model(ids, attention_mask=present).pooler_output
            expected["keep_embeds"] = normalize(pooled, dim=-1)
        if name == "biomedclip":
            assert torch.equal(embed(ids, present), model.text(ids))
    weights = {
        key: value.contiguous()
        for key, value in model.state_dict().items()
        if value.is_floating_point() and not key.startswith(("vision_model", "visual_projection", "logit_scale"))
    }
    if name == "conch":
        weights = renamed({key: value for key, value in weights.items() if key != "attn_mask"})
    save_file(weights, folder / "model.safetensors")
    save_file(expected, folder / "expected.safetensors")
    cosine = expected["text_embeds"][0] @ expected["text_embeds"][2]
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{name}, {size // 1024} kB, cosine of two texts {float(cosine):.3f}")


def main():
    for seed, (name, case) in enumerate(CASES.items()):
        write(name, case, seed)


if __name__ == "__main__":
    main()
