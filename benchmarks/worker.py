"""Starts the Java worker of this module and talks to it; makes the checkpoints both sides load."""

import os
import subprocess
import sys

import torch
from transformers import CLIPConfig, CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

FLAGS = [
    "-Xmx2g",
    "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
    "-Dorg.bytedeco.javacpp.maxbytes=0",
    "--enable-native-access=ALL-UNNAMED",
]


def checkpoint(folder, patch):
    """A random CLIP ViT-B with the given patch, written in Hugging Face layout; returned for use."""
    torch.manual_seed(patch)
    config = CLIPConfig(vision_config={"patch_size": patch}, text_config={})
    model = CLIPModel(config).eval()
    model.save_pretrained(folder)
    CLIPImageProcessorPil().save_pretrained(folder)
    write_tokenizer(folder)
    return model


def write_tokenizer(folder):
    """CLIP's tokenizer needs its vocabulary, which no package ships: a byte-level one of the same form."""
    from transformers import CLIPTokenizer

    alphabet = list(bytes_to_unicode().values())
    tokens = alphabet + [c + "</w>" for c in alphabet]
    tokens += [f"unused{i}" for i in range(49406 - len(tokens))] + ["<|startoftext|>", "<|endoftext|>"]
    CLIPTokenizer(vocab={t: i for i, t in enumerate(tokens)}, merges=[]).save_pretrained(folder)


def bytes_to_unicode():
    """The printable stand-in of each byte in byte-level BPE vocabularies (GPT-2)."""
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + i) for i, b in enumerate(rest)}}


class Worker:
    """The Java process on one checkpoint; answers one question at a time."""

    program = "EncoderWorker"

    def __init__(self, classpath, *arguments):
        """Arguments of the program; the encoder's are folder, dtype and threads."""
        command = ["java", *FLAGS, "-cp", classpath, f"dev.auscult.benchmarks.{self.program}", *map(str, arguments)]
        environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self._line()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the Java worker ended; its message is above")
        return line

    def _ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return self._line()

    def time(self, batch, iterations):
        return float(self._ask(f"time {batch} {iterations}"))

    def read(self, batch, length, iterations):
        return float(self._ask(f"read {batch} {length} {iterations}"))

    def gemm(self, size, iterations):
        return float(self._ask(f"gemm {size} {iterations}"))

    def embed(self, count):
        return torch.tensor([float(v) for v in self._ask(f"embed {count}").split()]).reshape(count, -1)

    def texts(self, rows):
        values = [float(v) for v in self._ask("texts " + " ".join(",".join(map(str, row)) for row in rows)).split()]
        return torch.tensor(values).reshape(len(rows), -1)

    def loaded(self):
        """Seconds that loading took, and the most memory held so far in megabytes."""
        return tuple(map(float, self._ask("loaded").split()))


class TowerWorker(Worker):
    """The same for an image tower alone: its name, its weight file, dtype and threads."""

    program = "TowerWorker"
