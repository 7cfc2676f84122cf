"""CoOp and CLIP-LoRA in plain PyTorch through transformers' CLIPModel, on request of context.py.

Reads commands line by line and answers each with one line:

    train UPDATES   seconds per update
    check           the loss with the adapter that Auscult saved after one update
    peak            the most memory held so far in megabytes

    python benchmarks/context_peer.py coop|lora CHECKPOINT LABELS THREADS FOLDER BATCH
"""

import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn
from transformers import CLIPModel, CLIPTokenizer

CONTEXT, RANK, DROPOUT, SIDE = 16, 2, 0.25, 224


class LowRank(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        self.dropout = nn.Dropout(DROPOUT)
        self.down = nn.Parameter((torch.rand(RANK, base.in_features) * 2 - 1) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x):
        return self.base(x) + F.linear(F.linear(self.dropout(x), self.down), self.up) / math.sqrt(RANK)


class Training:
    def __init__(self, checkpoint, labels, folder, batch):
        self.clip = CLIPModel.from_pretrained(checkpoint).eval().requires_grad_(False)
        self.scale = self.clip.logit_scale.exp().item()
        tokenizer = CLIPTokenizer.from_pretrained(checkpoint)
        self.ids = torch.tensor(tokenizer([name(i) + "." for i in range(labels)])["input_ids"])
        self.targets = torch.arange(batch) % labels
        self.folder = folder

    def texts(self, context=None):
        """Unit rows; texts are equally long and need no padding."""
        tower = self.clip.text_model
        states = tower.embeddings.token_embedding(self.ids)
        if context is not None:
            states = torch.cat([states[:, :1], context.expand(len(states), -1, -1), states[:, 1:]], dim=1)
        length = states.shape[1]
        states = states + tower.embeddings.position_embedding.weight[:length]
        mask = torch.full((length, length), -math.inf).triu(1)[None, None]
        states = tower.encoder(inputs_embeds=states, attention_mask=mask).last_hidden_state
        return F.normalize(self.clip.text_projection(tower.final_layer_norm(states[:, -1])), dim=-1)

    def step(self):
        self.optimiser.zero_grad()
        self.loss().backward()
        self.optimiser.step()


class CoOp(Training):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.images = read(self.folder + "/images.f32", len(self.targets), -1)
        self.context = nn.Parameter(torch.randn(CONTEXT, self.clip.config.text_config.hidden_size) * 0.02)
        self.optimiser = torch.optim.SGD([self.context], lr=2e-3, momentum=0.9, weight_decay=5e-4)

    def loss(self):
        return F.cross_entropy(self.scale * self.images @ self.texts(self.context).T, self.targets)

    def load(self, tensors):
        self.context.data.copy_(tensors["context"])


class Lora(Training):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.pixels = read(self.folder + "/pixels.f32", len(self.targets), 3, SIDE, SIDE)
        self.sites = {}
        for branch, tower in (("image", self.clip.vision_model), ("text", self.clip.text_model)):
            for number, layer in enumerate(tower.encoder.layers):
                for role, projection in (("query", "q_proj"), ("key", "k_proj"), ("value", "v_proj")):
                    site = LowRank(getattr(layer.self_attn, projection))
                    setattr(layer.self_attn, projection, site)
                    self.sites[f"{branch}.{number}.{role}"] = site
        parameters = [p for site in self.sites.values() for p in (site.down, site.up)]
        self.optimiser = torch.optim.AdamW(parameters, lr=2e-4, weight_decay=1e-2)
        self.clip.train()

    def loss(self):
        images = self.clip.get_image_features(pixel_values=self.pixels)
        images = F.normalize(getattr(images, "pooler_output", images), dim=-1)
        return F.cross_entropy(self.scale * images @ self.texts().T, self.targets)

    def load(self, tensors):
        self.clip.eval()
        for name, site in self.sites.items():
            site.down.data.copy_(tensors[name + ".down"])
            site.up.data.copy_(tensors[name + ".up"])


def name(label):
    """As TrainingWorker names it."""
    return chr(ord("a") + label % 26) + chr(ord("b") + label // 26) + chr(ord("a") + label * 7 % 26) + "d"


def read(path, *shape):
    return torch.from_numpy(np.fromfile(path, dtype="<f4")).reshape(*shape)


def peak():
    with open("/proc/self/status") as status:
        return next(float(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM:"))


def main():
    method, checkpoint, labels, threads, folder, batch = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    training = {"coop": CoOp, "lora": Lora}[method](checkpoint, int(labels), folder, int(batch))
    print("ready", flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "train":
            began = time.perf_counter()
            for _ in range(int(words[1])):
                training.step()
            print((time.perf_counter() - began) / int(words[1]), flush=True)
        elif words[0] == "check":
            training.load(load_file(folder + "/adapter.safetensors"))
            with torch.no_grad():
                print(training.loss().item(), flush=True)
        else:
            print(peak(), flush=True)


if __name__ == "__main__":
    main()
