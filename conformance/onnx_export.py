"""Exports dual encoders of transformers to ONNX as Auscult loads them (docs/onnx.md).

    python conformance/onnx_export.py CHECKPOINT OUT [--int8]    one model of yours
    python conformance/onnx_export.py                            the fixtures of module onnx

Takes CLIPModel (texts read at their end token) and VisionTextDualEncoderModel with a BERT text
encoder (attention mask). Writes image.onnx, text.onnx, auscult-onnx.json, and what the checkpoint
has of tokenizer and preprocessing; --int8 adds image.int8.onnx and text.int8.onnx, quantised
dynamically (weights int8 per channel, activations by their range at run time), and
int8.auscult-onnx.json.

The fixtures, under onnx/src/test/resources/dev/auscult/onnx/, are exports of tiny random
checkpoints that are committed in core's test resources:
  clip    ids and position in, also in int8; inside.auscult-onnx.json is a text encoder without an
          input for the position; fixed.auscult-onnx.json are linear maps of fixed shapes with ids in
          int32; mean.auscult-onnx.json says that padding changes nothing, which is wrong;
          length.auscult-onnx.json, image.mass.onnx and text.mass.onnx are refused
  bert    ids and attention mask in, weights beside the graph (external data)
each with expected.safetensors: pixels [n, 3, s, s], ids [m, padded], lengths [m], and computed by
transformers image_embeds, text_embeds (unit rows), hidden_embeds (bert: without each second token).
"""

import argparse
import json
import pathlib
import shutil
import tempfile

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, CLIPModel, VisionTextDualEncoderModel

ROOT = pathlib.Path(__file__).parent.parent
FIXTURES = ROOT / "onnx/src/test/resources/dev/auscult/onnx"
CORE = ROOT / "core/src/test/resources/dev/auscult/model"
BESIDE = [
    "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json",
    "merges.txt", "vocab.txt",
]
OPSET = 20


class ImageEncoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model.visual_projection(self.model.vision_model(pixel_values).pooler_output)


class ClipTextEncoder(torch.nn.Module):
    """Reads where it is told: masking may move a text's first end token."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, position):
        states = self.model.text_model(input_ids=input_ids).last_hidden_state
        index = position.view(-1, 1, 1).expand(-1, 1, states.shape[-1])
        return self.model.text_projection(states.gather(1, index).squeeze(1))


class ClipTextEncoderInside(torch.nn.Module):
    """Reads at the first end token that it finds, as transformers does."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model.text_projection(self.model.text_model(input_ids=input_ids).pooler_output)


class BertTextEncoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        output = self.model.text_model(input_ids=input_ids, attention_mask=attention_mask)
        return self.model.text_projection(output.pooler_output)


def load(checkpoint):
    kind = AutoConfig.from_pretrained(checkpoint).model_type
    classes = {"clip": CLIPModel, "vision-text-dual-encoder": VisionTextDualEncoderModel}
    if kind not in classes:
        raise SystemExit(f"{checkpoint}: found a {kind}; expected {' or '.join(classes)}")
    return classes[kind].from_pretrained(checkpoint).eval().float()


def save(module, inputs, names, output, axes, file, external):
    """Exports; leaves out what the exporter notes about the machine it ran on."""
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "raw.onnx"
        torch.onnx.export(
            module, inputs, str(raw), input_names=names, output_names=[output], dynamic_shapes=axes, dynamo=True,
            opset_version=OPSET, external_data=external, verbose=False,
        )
        model = onnx.load(raw)
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    for part in [*model.graph.node, *model.graph.initializer, *model.graph.input, *model.graph.output]:
        part.doc_string = ""
        del part.metadata_props[:]
    pathlib.Path(f"{file}.data").unlink(missing_ok=True)
    onnx.save(
        model, file, save_as_external_data=external, all_tensors_to_one_file=True, location=f"{file.name}.data",
        size_threshold=1024,
    )


def export_image(model, file, external):
    side = model.config.vision_config.image_size
    many = torch.export.Dim("n", min=1, max=4096)
    save(ImageEncoder(model), (torch.zeros(2, 3, side, side),), ["pixel_values"], "image_embeds", ({0: many},), file, external)


def export_text(model, file, external, inside=False):
    """Exports the text encoder; what the description says of its inputs."""
    many = torch.export.Dim("n", min=1, max=4096)
    length = torch.export.Dim("length", min=2, max=context(model))
    ids = torch.tensor([[3, 4, 5, 6], [4, 3, 6, 5]])
    if inside:
        save(ClipTextEncoderInside(model), (ids,), ["input_ids"], "text_embeds", ({0: many, 1: length},), file, external)
        return {"padding": "longest"}
    if isinstance(model, CLIPModel):
        save(
            ClipTextEncoder(model), (ids, torch.tensor([3, 2])), ["input_ids", "position"], "text_embeds",
            ({0: many, 1: length}, {0: many}), file, external,
        )
        return {"position": "position", "padding": "longest"}
    both = {0: many, 1: length}
    save(
        BertTextEncoder(model), (ids, torch.ones_like(ids)), ["input_ids", "attention_mask"], "text_embeds", (both, both),
        file, external,
    )
    return {"attention_mask": "attention_mask", "padding": "longest"}


def context(model):
    return model.config.text_config.max_position_embeddings


def reads(model):
    if not isinstance(model, CLIPModel):
        return "fixed"
    return "largest_id" if model.config.text_config.eos_token_id == 2 else "first_end_token"


def family(model):
    vision = model.config.vision_config
    image = f"ViT-{vision.num_hidden_layers}x{vision.hidden_size}/{vision.patch_size}"
    return f"CLIP {image}" if isinstance(model, CLIPModel) else f"CLIP {image} + BERT"


def describe(model, file, image, text, inputs, reading=None):
    vision = model.config.vision_config
    description = {
        "family": family(model),
        "image": {
            "file": image, "input": "pixel_values", "output": "image_embeds", "size": vision.image_size,
            "patch_size": vision.patch_size,
        },
        "text": {
            "file": text, "ids": "input_ids", **inputs, "output": "text_embeds", "context_length": context(model),
            "reads": reading or reads(model),
        },
        "score": {"scale": model.logit_scale.exp().item()},
    }
    file.write_text(json.dumps(description, indent=2) + "\n")


def quantise(source, target):
    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"]
    )
    model = onnx.load(target)
    del model.graph.value_info[:]
    onnx.save(model, target)


def export(checkpoint, out, int8=False, external=False):
    """Exports one model; returned for use."""
    model = load(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    export_image(model, out / "image.onnx", external)
    inputs = export_text(model, out / "text.onnx", external)
    describe(model, out / "auscult-onnx.json", "image.onnx", "text.onnx", inputs)
    if int8:
        for name in ("image", "text"):
            quantise(out / f"{name}.onnx", out / f"{name}.int8.onnx")
        describe(model, out / "int8.auscult-onnx.json", "image.int8.onnx", "text.int8.onnx", inputs)
    for name in BESIDE:
        if (pathlib.Path(checkpoint) / name).exists():
            shutil.copy(pathlib.Path(checkpoint) / name, out)
    return model


def unit(rows):
    return torch.nn.functional.normalize(rows, dim=-1).contiguous()


def clip_fixture():
    source, out = CORE / "clip/complete", FIXTURES / "clip"
    shutil.rmtree(out, ignore_errors=True)
    model = export(source, out, int8=True)
    export_text(model, out / "text.inside.onnx", external=False, inside=True)
    describe(model, out / "inside.auscult-onnx.json", "image.onnx", "text.inside.onnx", {"padding": "longest"})
    linear_fixtures(model, out)
    refused_fixtures(model, out)
    stored = load_file(source / "expected.safetensors")
    with torch.no_grad():
        images = ImageEncoder(model)(stored["pixels"])
        texts = ClipTextEncoder(model)(stored["ids"], stored["pooled"])
    expected = {key: stored[key].contiguous() for key in ("pixels", "ids", "lengths", "pooled")}
    save_file({**expected, "image_embeds": unit(images), "text_embeds": unit(texts)}, out / "expected.safetensors")


def graph(nodes, inputs, output, weights, file):
    """Writes a graph made by hand; names are the same in all of them."""
    tensors = [onnx.numpy_helper.from_array(value, name) for name, value in weights.items()]
    made = onnx.helper.make_graph(nodes, "made", inputs, [output], tensors)
    onnx.save(onnx.helper.make_model(made, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=10), file)


def linear_fixtures(model, out):
    """Pixels times a matrix; the mean of embeddings over all positions, padding too."""
    random = np.random.default_rng(5)
    node, info = onnx.helper.make_node, onnx.helper.make_tensor_value_info
    side, vocabulary = model.config.vision_config.image_size, model.config.text_config.vocab_size
    pixels = random.standard_normal((3 * side * side, 16)).astype(np.float32)
    table = random.standard_normal((vocabulary, 16)).astype(np.float32)
    graph(
        [node("Flatten", ["pixel_values"], ["flat"], axis=1), node("MatMul", ["flat", "weights"], ["image_embeds"])],
        [info("pixel_values", onnx.TensorProto.FLOAT, [2, 3, side, side])],
        info("image_embeds", onnx.TensorProto.FLOAT, [2, 16]), {"weights": pixels}, out / "image.fixed.onnx",
    )
    mean = [
        node("Gather", ["weights", "input_ids"], ["states"]),
        node("ReduceMean", ["states", "axes"], ["text_embeds"], keepdims=0),
    ]
    weights = {"weights": table, "axes": np.array([1])}
    for name, kind, shape in [("fixed", "INT32", [3, context(model)]), ("mean", "INT64", ["n", "length"])]:
        graph(
            mean, [info("input_ids", getattr(onnx.TensorProto, kind), shape)],
            info("text_embeds", onnx.TensorProto.FLOAT, [shape[0], 16]), weights, out / f"text.{name}.onnx",
        )
    describe(model, out / "fixed.auscult-onnx.json", "image.fixed.onnx", "text.fixed.onnx", {}, "fixed")
    describe(model, out / "mean.auscult-onnx.json", "image.onnx", "text.mean.onnx", {"padding": "longest"}, "fixed")


def refused_fixtures(model, out):
    """An output as long as the texts; images of 200 MB each, or texts of 65,536 ids, a thousand at once."""
    node, info = onnx.helper.make_node, onnx.helper.make_tensor_value_info
    for name, rows in [("length", "n"), ("mass", 1000)]:
        graph(
            [node("Cast", ["input_ids"], ["text_embeds"], to=onnx.TensorProto.FLOAT)],
            [info("input_ids", onnx.TensorProto.INT64, [rows, "length"])],
            info("text_embeds", onnx.TensorProto.FLOAT, [rows, "length"]), {}, out / f"text.{name}.onnx",
        )
    describe(model, out / "length.auscult-onnx.json", "image.onnx", "text.length.onnx", {"padding": "longest"}, "fixed")
    graph(
        [node("GlobalAveragePool", ["pixel_values"], ["means"]), node("Flatten", ["means"], ["image_embeds"], axis=1)],
        [info("pixel_values", onnx.TensorProto.FLOAT, [1000, 3, 4096, 4096])],
        info("image_embeds", onnx.TensorProto.FLOAT, [1000, 3]), {}, out / "image.mass.onnx",
    )


def bert_fixture():
    source, out = CORE / "zoo/rclip/model", FIXTURES / "bert"
    shutil.rmtree(out, ignore_errors=True)
    model = export(source, out, external=True)
    generator = torch.Generator().manual_seed(1)
    side = model.config.vision_config.image_size
    pixels = torch.randn((3, 3, side, side), generator=generator)
    lengths = torch.tensor([4, context(model), 9])
    ids = torch.zeros((3, context(model)), dtype=torch.long)
    for row, length in enumerate(lengths.tolist()):
        ids[row, :length] = torch.randint(5, model.config.text_config.vocab_size, (length,), generator=generator)
    present = (torch.arange(context(model))[None] < lengths[:, None]).long()
    without = present * (torch.arange(context(model)) % 2 == 0)[None]
    with torch.no_grad():
        save_file(
            {
                "pixels": pixels, "ids": ids, "lengths": lengths, "image_embeds": unit(ImageEncoder(model)(pixels)),
                "text_embeds": unit(BertTextEncoder(model)(ids, present)),
                "hidden_embeds": unit(BertTextEncoder(model)(ids, without)),
            },
            out / "expected.safetensors",
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", nargs="?", type=pathlib.Path)
    parser.add_argument("out", nargs="?", type=pathlib.Path)
    parser.add_argument("--int8", action="store_true")
    options = parser.parse_args()
    if options.checkpoint is None:
        clip_fixture()
        bert_fixture()
        for file in sorted(FIXTURES.rglob("*")):
            if file.is_file():
                file.chmod(0o644)
                print(file.relative_to(FIXTURES), file.stat().st_size, "bytes")
    elif options.out is None:
        parser.error("CHECKPOINT and OUT, or neither")
    else:
        export(options.checkpoint, options.out, options.int8)


if __name__ == "__main__":
    main()
