"""Writes small safetensors files with the reference library, one tensor per element type.

Output, under core/src/test/resources/dev/auscult/checkpoint/:
  every-type.safetensors   ten tensors "f32", "f16", ... with metadata {"made by": "reference"}
  every-type.json          their values as numbers (null for NaN), for comparison

The same values are written on every run.
"""

import json
import math
import pathlib

import torch
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/checkpoint"

FLOATS = [0.0, -0.0, 1.0, -2.5, 6.1e-5, 5.96e-8, 65504.0, float("inf"), -float("inf"), float("nan"), 0.1, 1 / 3]
INTS = [0, 1, -1, 100, -128, 127]


def main():
    floats = torch.tensor(FLOATS, dtype=torch.float64).reshape(3, 2, 2)
    ints = torch.tensor(INTS, dtype=torch.int64).reshape(2, 3)
    tensors = {
        "f64": floats,
        "f32": floats.to(torch.float32),
        "f16": floats.to(torch.float16),
        "bf16": floats.to(torch.bfloat16),
        "i64": ints * 1_000_000_000_000,
        "i32": (ints * 1_000_000).to(torch.int32),
        "i16": (ints * 200).to(torch.int16),
        "i8": ints.to(torch.int8),
        "u8": torch.tensor([0, 1, 128, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "scalar": torch.tensor(2.6592),
        "nothing": torch.zeros(0, 4),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    save_file(tensors, OUT / "every-type.safetensors", metadata={"made by": "reference"})
    values = {
        name: {
            "shape": list(tensor.shape),
            "values": [
                None if isinstance(v, float) and math.isnan(v) else str(v) if isinstance(v, float) and math.isinf(v) else v
                for v in tensor.double().flatten().tolist()
            ]
            if tensor.dtype.is_floating_point
            else [int(v) for v in tensor.flatten().tolist()],
        }
        for name, tensor in tensors.items()
    }
    (OUT / "every-type.json").write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
