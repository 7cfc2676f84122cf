"""Writes small checkpoints with torch.save and torch.jit.save, and what their tensors hold.

Output, under core/src/test/resources/dev/auscult/checkpoint/torch/:
  CASE.pt                 the checkpoint
  CASE.expected.safetensors   its tensors under the names that they have once wrappers such as
                              "state_dict" and "module." are off; in TorchScript these include tensors that are
                              neither parameters nor buffers, as a mask
  sharded/                pytorch_model.bin.index.json with two shards, and expected.safetensors
  refused/                files that hold more than tensors and plain values, or elements of other types

The same values are written on every run; legacy.pt, scripted.pt and traced.pt may differ in bytes that mean nothing.
"""

import argparse
import collections
import datetime
import json
import pathlib
import shutil
import warnings

import numpy
import torch
from omegaconf import OmegaConf
from safetensors.torch import save_file
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/checkpoint/torch"
TYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
         torch.uint8, torch.bool]


def expect(name, tensors):
    tensors = {key: value.detach().clone(memory_format=torch.contiguous_format) for key, value in tensors.items()}
    save_file(tensors, OUT / f"{name}.expected.safetensors")


def save(name, content, tensors, **options):
    torch.save(content, OUT / f"{name}.pt", **options)
    expect(name, tensors)


def network():
    return nn.Sequential(
        collections.OrderedDict(conv1=nn.Conv2d(3, 4, 2), norm=nn.BatchNorm2d(4), flat=nn.Flatten(), fc=nn.Linear(4, 3)))


def plain():
    state = network().state_dict()
    save("plain", state, state)
    save("protocol-4", state, state, pickle_protocol=4)
    save("protocol-5", dict(state), state, pickle_protocol=5)
    torch.save(state, OUT / "legacy.pt", _use_new_zipfile_serialization=False)
    nested = {"visual": {"conv1": state["conv1.weight"], "blocks": [state["fc.weight"], state["fc.bias"]]},
              "names": ["a", "b"], "model": "ViT-B/32", "logit_scale": torch.tensor(2.6592)}
    save("nested", nested, {"visual.conv1": state["conv1.weight"], "visual.blocks.0": state["fc.weight"],
                            "visual.blocks.1": state["fc.bias"], "logit_scale": nested["logit_scale"]})


def types():
    special = torch.tensor([0.0, -0.0, 1.0, -2.5, 6.1e-5, 5.96e-8, float("inf"), -float("inf"), float("nan"), 1 / 3])
    tensors = {str(t).removeprefix("torch."): special.to(t) if t.is_floating_point else torch.arange(-3, 5).to(t)
               for t in TYPES}
    save("types", tensors, tensors)


def views():
    base = torch.arange(60, dtype=torch.float32)
    matrix = base.view(6, 10)
    tied = torch.randn(5, 4)
    tensors = {
        "turned": matrix.t(),
        "columns": matrix[:, 3:7],
        "every_other": matrix[::2, 1::3],
        "tail": base[50:],
        "one": base[17],
        "row_of_one": matrix[:, 4:5],
        "nothing": base[60:],
        "none_of_many": torch.zeros(0, 1 << 20, 3),
        "channels_last": torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last),
        "half_turned": torch.randn(3, 7).half().t(),
        "permuted": torch.arange(24).view(2, 3, 4).permute(2, 0, 1),
        "embedding.weight": tied,
        "decoder.weight": tied,
    }
    save("views", tensors, tensors)


def training():
    model = network()
    optimizer = torch.optim.AdamW(model.parameters())
    model(torch.randn(2, 3, 2, 2)).sum().backward()
    optimizer.step()
    state = model.state_dict()
    wrapped = collections.OrderedDict((f"module.{name}", value) for name, value in state.items())
    save("training", {
        "epoch": 3, "name": "run", "state_dict": wrapped, "optimizer": optimizer.state_dict(), "best": numpy.float64(0.5),
        "curve": numpy.arange(4.0), "seen": {1, 2}, "args": argparse.Namespace(lr=1e-3, out=pathlib.PurePosixPath("a/b")),
        "began": datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc), "counts": collections.Counter("abca"),
        "groups": collections.defaultdict(list, {"a": [1]}), "big": 1 << 80, "negative": -(1 << 40), "device": torch.device("cpu"),
        "dtype": torch.float16, "size": torch.Size([1, 2]), "slice": slice(1, 2), "bytes": b"abc", "nothing": None,
        "range": range(3), "complex": 1j, "frozen": frozenset([1]), "array": bytearray(b"x")}, state)
    config = OmegaConf.create({"model": {"name": "swin", "layers": [1, 2], "p": 0.1, "on": True}, "out": "${model.name}"})
    save("configured", {"model": state, "config": config, "epoch": 1}, state)
    save("model-module", {"epoch": 1, "model": {"module": state}}, state)
    save("model-state", {"model_state_dict": state, "step": 7}, state, pickle_protocol=4)


def parameters():
    weight = nn.Parameter(torch.randn(2, 3))
    noted = nn.Parameter(torch.randn(4))
    noted.note = "kept by some training scripts"
    tagged = torch.randn(3)
    tagged.tag = 1
    tensors = {"weight": weight, "noted": noted, "tagged": tagged}
    save("parameters", tensors, tensors)
    half = {"visual.conv1.weight": torch.randn(4, 3, 2, 2).half(), "visual.proj": torch.randn(4, 2).half(),
            "visual.bn1.running_mean": torch.randn(4), "logit_scale": torch.tensor(4.6052), "text.mask": torch.ones(2, 2).bool()}
    save("half-and-float", {"epoch": 5, "state_dict": half}, half)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn = nn.Linear(4, 4)
        self.names = ["q", "k"]
        self.sizes = [4, 4]
        self.scale = 0.5
        self.attn_mask = torch.full((2, 2), float("-inf")).triu(1)

    def forward(self, x):
        return self.attn(x) * self.scale + self.attn_mask.sum()


class Scripted(nn.Module):
    def __init__(self):
        super().__init__()
        self.visual = nn.ModuleList([Block(), Block()])
        self.text_projection = nn.Parameter(torch.randn(4, 2))
        self.logit_scale = nn.Parameter(torch.tensor(2.6592))
        self.tied = self.visual[0].attn.weight
        self.register_buffer("mask", torch.full((3, 3), float("-inf")).triu(1))
        self.register_buffer("input_resolution", torch.tensor(224))

    def forward(self, x):
        for block in self.visual:
            x = block(x)
        return x @ self.text_projection * self.logit_scale.exp()


def scripted():
    model = Scripted().half().eval()
    model.logit_scale.data = model.logit_scale.data.float()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(model).save(str(OUT / "scripted.pt"))
        traced = torch.jit.trace(network().eval(), torch.randn(1, 3, 2, 2))
        traced.save(str(OUT / "traced.pt"))
    masks = {f"visual.{i}.attn_mask": block.attn_mask for i, block in enumerate(model.visual)}
    expect("scripted", {**model.state_dict(keep_vars=True), **masks})
    expect("traced", traced.state_dict())


def sharded():
    folder = OUT / "sharded"
    folder.mkdir()
    state = network().state_dict()
    names = list(state)
    shards = {"pytorch_model-00001-of-00002.bin": names[:3], "pytorch_model-00002-of-00002.bin": names[3:]}
    for file, held in shards.items():
        torch.save({name: state[name] for name in held}, folder / file)
    index = {"metadata": {"total_size": sum(t.numel() * t.element_size() for t in state.values())},
             "weight_map": {name: file for file, held in shards.items() for name in held}}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=2) + "\n")
    save_file({name: value.clone() for name, value in state.items()}, folder / "expected.safetensors")


def refused():
    folder = OUT / "refused"
    folder.mkdir()
    torch.save(network(), folder / "whole-module.pt")
    torch.save({"a": torch.zeros(2, dtype=torch.complex64)}, folder / "complex.pt")
    torch.save({"a": torch.zeros(2, dtype=torch.float8_e4m3fn)}, folder / "float8.pt")
    torch.save({"a": torch.zeros(2, dtype=torch.uint16)}, folder / "uint16.pt")
    torch.save({"a": torch.eye(2).to_sparse()}, folder / "sparse.pt")
    torch.save({"a": torch.zeros(1).expand(1000)}, folder / "expanded.pt")
    torch.save({"epoch": 1}, folder / "no-tensors.pt")
    torch.save(torch.zeros(2), folder / "one-tensor.pt")
    torch.save({"a": torch.zeros(2, device="meta")}, folder / "meta.pt")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    torch.manual_seed(7)
    for case in (plain, types, views, training, parameters, scripted, sharded, refused):
        case()


if __name__ == "__main__":
    main()
