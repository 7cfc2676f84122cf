"""Full-size models of every family beside their reference libraries, with random weights.

    benchmarks/run models [--models biomedclip,vit-l-14,swin-t,rn50,so400m] [--rounds 3]

Writes each checkpoint with the reference's own classes in its published layout, loads it in the Java
worker, compares embeddings, and times both in alternation at batch 8 (images/s, medians of the
rounds). Memory is the most the Java process held, loading and embedding included, beyond the size of
the weight file. Prints the table of docs/parity.md. Needs about 5 GB of disk and 12 GB of memory.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "conformance"))
from worker import Worker, write_tokenizer
import zoo as small
from convolution_towers import published_names

BATCH = 8


class Reference:
    """A model of the reference library: encoders of images and unpadded ids, and its weight file."""

    def __init__(self, images, texts, rows, size, weights):
        self.images, self.texts, self.rows, self.size, self.weights = images, texts, rows, size, weights


def rows(vocabulary, begin, end, lengths=(5, 12, 30)):
    generator = torch.Generator().manual_seed(5)
    words = lambda n: torch.randint(1000, vocabulary - 1000, (n,), generator=generator).tolist()
    return [[begin, *words(length), end] for length in lengths]


def bert_tokenizer(folder):
    names = ["[PAD]", *[f"[unused{i}]" for i in range(99)], "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    names += [chr(c) for c in range(33, 127)]
    names += [f"word{i}" for i in range(30522 - len(names))]
    (folder / "vocab.txt").write_text("\n".join(names) + "\n")


def bert_texts(model):
    return lambda rows: torch.cat([model(torch.tensor([row])) for row in rows])


def biomedclip(folder):
    from open_clip.model import CustomTextCLIP
    from transformers import BertConfig

    with tempfile.TemporaryDirectory() as named:
        BertConfig().save_pretrained(named)
        text = {"hf_model_name": named, "hf_proj_type": "mlp", "hf_pooler_type": "cls_last_hidden_state_pooler",
                "context_length": 256, "hf_model_pretrained": False}
        vision = {"timm_model_name": "vit_base_patch16_224", "timm_model_pretrained": False, "timm_pool": "",
                  "timm_proj": "linear", "image_size": 224}
        model = CustomTextCLIP(512, vision, text).eval()
    text = {**text, "hf_model_name": "microsoft/BiomedNLP-BiomedBERT-base-uncased-abstract"}
    small.write_json(folder / "open_clip_config.json", {"model_cfg": {"embed_dim": 512, "vision_cfg": vision, "text_cfg": text},
                                                        "preprocess_cfg": {}})
    bert_tokenizer(folder)
    torch.save(model.state_dict(), folder / "open_clip_pytorch_model.bin")
    texts = lambda rows: torch.cat([model.encode_text(torch.tensor([row])) for row in rows])
    return Reference(model.encode_image, texts, rows(30522, 101, 102), 224, folder / "open_clip_pytorch_model.bin")


def vit_l_14(folder):
    from transformers import CLIPConfig, CLIPModel
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    config = CLIPConfig(
        vision_config=dict(patch_size=14, hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16),
        text_config=dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12), projection_dim=768)
    model = CLIPModel(config).eval()
    model.save_pretrained(folder)
    CLIPImageProcessorPil().save_pretrained(folder)
    write_tokenizer(folder)
    images = lambda x: model.visual_projection(model.vision_model(x).pooler_output)
    texts = lambda rows: torch.cat([
        model.text_projection(model.text_model(torch.tensor([row])).pooler_output) for row in rows])
    return Reference(images, texts, rows(49408, 49406, 49407), 224, folder / "model.safetensors")


def swin_t(folder):
    from transformers import BertConfig, BertModel, SwinConfig, SwinModel

    vision, text = SwinModel(SwinConfig()).eval(), BertModel(BertConfig(vocab_size=28996), add_pooling_layer=True).eval()
    image_head, text_head = torch.nn.Linear(768, 512, bias=False), torch.nn.Linear(768, 512, bias=False)
    state = {"logit_scale": torch.tensor(2.6592), "vision_model.projection_head.weight": image_head.weight.data,
             "text_model.projection_head.weight": text_head.weight.data}
    holder = torch.nn.Module()
    holder.model, holder.projection_head = vision, torch.nn.Identity()
    state.update({"vision_model." + k: v for k, v in published_names(holder).items()})
    state.update({"text_model.model." + k: v for k, v in text.state_dict().items()})
    torch.save(state, folder / "pytorch_model.bin")
    bert_tokenizer(folder)
    (folder / "vocab.txt").write_text("\n".join((folder / "vocab.txt").read_text().split("\n")[:28996]) + "\n")

    def one(row):
        hidden = text(torch.tensor([row]), output_hidden_states=True).hidden_states
        return text_head(torch.stack([hidden[1], hidden[2], hidden[-1]]).mean(2).mean(0))

    return Reference(lambda x: image_head(vision(x).pooler_output), lambda rows: torch.cat([one(row) for row in rows]),
                     rows(28996, 101, 102), 224, folder / "pytorch_model.bin")


def rn50(folder):
    from open_clip.model import CLIP

    model = CLIP(1024, {"image_size": 224, "layers": [3, 4, 6, 3], "width": 64, "patch_size": None},
                 {"context_length": 77, "vocab_size": 49408, "width": 512, "heads": 8, "layers": 12}, quick_gelu=True).eval()
    small.randomise(model.visual, 3, gain=1.0)
    torch.save(model.state_dict(), folder / "RN50.pt")
    write_tokenizer(folder)
    texts = lambda rows: model.encode_text(small.padded(rows, 0, 77))
    return Reference(model.encode_image, texts, rows(49408, 49406, 49407), 224, folder / "RN50.pt")


def so400m(folder):
    from transformers import SiglipConfig, SiglipModel
    from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

    size = dict(hidden_size=1152, intermediate_size=4304, num_hidden_layers=27, num_attention_heads=16)
    config = SiglipConfig(text_config=dict(**size, vocab_size=32000), vision_config=dict(**size, image_size=448, patch_size=14))
    model = SiglipModel(config).eval()
    model.save_pretrained(folder)
    SiglipImageProcessorPil(size={"height": 448, "width": 448}).save_pretrained(folder)
    bert_tokenizer(folder)
    texts = lambda rows: model.text_model(small.padded(rows, 1, 64)).pooler_output
    return Reference(lambda x: model.vision_model(x).pooler_output, texts, rows(32000, 101, 102), 448,
                     folder / "model.safetensors")


MODELS = {"biomedclip": biomedclip, "vit-l-14": vit_l_14, "swin-t": swin_t, "rn50": rn50, "so400m": so400m}


def pixels(count, size):
    n = count * 3 * size * size
    return torch.sin(0.001 * torch.arange(n, dtype=torch.float64)).float().reshape(count, 3, size, size)


@torch.inference_mode()
def seconds(reference, batch, iterations):
    x = pixels(batch, reference.size)
    start = time.perf_counter()
    for _ in range(iterations):
        reference.images(x)
    return time.perf_counter() - start


@torch.inference_mode()
def compare(name, folder, reference, options, dtype):
    images = small.unit(reference.images(pixels(2, reference.size)))
    texts = small.unit(reference.texts(reference.rows))
    with Worker(options.classpath, folder, dtype, options.threads) as worker:
        image_error = (worker.embed(2) - images).abs().max().item()
        text_error = (worker.texts(reference.rows) - texts).abs().max().item()
        cosine = torch.nn.functional.cosine_similarity(worker.embed(2), images).min().item()
        load, peak = worker.loaded()
        iterations = 1 if reference.size > 224 or name == "vit-l-14" else 3
        worker.time(BATCH, 1), seconds(reference, BATCH, 1)
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(BATCH * iterations / worker.time(BATCH, iterations))
            theirs.append(BATCH * iterations / seconds(reference, BATCH, iterations))
    file = reference.weights.stat().st_size / 1e6
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    print(f"| {name} | {dtype} | {file:.0f} MB | {image_error:.1e} | {text_error:.1e} | {cosine:.5f} | {load:.2f} s | "
          f"{peak - file:+.0f} MB | {statistics.median(ours):.1f} | {statistics.median(theirs):.1f} | {ratio:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print("| model | dtype | file | images differ by | texts differ by | least cosine | load | memory beyond the file | "
          "Auscult images/s | reference images/s (fp32) | ratio |\n|---|---|---|---|---|---|---|---|---|---|---|")
    for name in options.models.split(","):
        torch.manual_seed(0)
        with tempfile.TemporaryDirectory() as folder:
            reference = MODELS[name](Path(folder))
            for dtype in ("fp32", "bf16"):
                compare(name, folder, reference, options, dtype)


if __name__ == "__main__":
    main()
