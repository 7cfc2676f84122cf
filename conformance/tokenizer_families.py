"""Token ids of every supported family of tokenizers on the 1,000 strings of tokenizer_ids.py.

Writes, under core/src/test/resources/dev/auscult/text/families/, per family a folder with the files of
a small vocabulary trained here on corpus.txt, and in expected.json.gz for each string a digest of the
ids, a digest of the UTF-16 offsets where the reference has offsets, and the number of tokens cut off:

  bert            vocab.txt alone: lower case, as transformers reads Bio_ClinicalBERT
  bert-cased      a cased vocab.txt, tokenizer_config.json with do_lower_case false, own special tokens
  roberta         byte-level BPE without end-of-word suffix, RoBERTa's template
  conch           the same with CONCH's normalisation and template
  unigram         tokenizer.json of a SentencePiece model as T5Tokenizer makes it (Precompiled, Metaspace)
  siglip-json     the same model with SigLIP's clean-up as normalizers that delete and replace
  siglip          spiece.model with SiglipTokenizer's own rules; no offsets in the reference
  openclip        bpe_simple_vocab_16e6.txt.gz with open_clip's SimpleTokenizer; no offsets
  openclip-bert   vocab.txt beside an open_clip_config.json, whose HFTokenizer cleans texts; no offsets
  openclip-t5     the same for tokenizer.json of kind unigram with "clean": "canonicalize"

A row ends in the reason where ids are known to differ: "ftfy" guesses that text was decoded in the wrong
encoding, which Auscult does not; "special", SimpleTokenizer sees no special token directly behind a symbol;
"unicode", the regex library knows letters of newer versions of Unicode than the tokenizers library.

Run: python conformance/tokenizer_families.py      (after tokenizer_ids.py)
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import ftfy
import regex
import sentencepiece
from open_clip.tokenizer import HFTokenizer, SimpleTokenizer
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import BPE, Unigram
from transformers import BertTokenizer, PreTrainedTokenizerFast, SiglipTokenizer
from transformers.convert_slow_tokenizer import import_protobuf

from tokenizer_ids import OUT, strings, utf16, wordpiece

FAMILIES = OUT / "families"
CONTEXT = {
    "bert": 64, "bert-cased": 128, "roberta": 77, "conch": 128, "unigram": 77, "siglip-json": 64, "siglip": 64,
    "openclip": 77, "openclip-bert": 256, "openclip-t5": 64,
}


def digest(numbers):
    return hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()[:12]


def rows(tokenizer, texts, context):
    for text in texts:
        cut = tokenizer(text, truncation=True, max_length=context, return_offsets_mapping=True)
        at = utf16(text)
        offsets = [at[i] for span in cut.offset_mapping for i in span]
        yield [digest(cut.input_ids), digest(offsets), len(tokenizer(text).input_ids) - len(cut.input_ids)]


def folder(name):
    path = FAMILIES / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


# ---------------------------------------------------------------- BERT


def cased(corpus):
    words = Counter(w for line in corpus for w in "".join(c if c.isalnum() else " " for c in line).split())
    pieces = ["[PAD]", "[unused1]", "<unk>", "<cls>", "<sep>", "<mask>"]
    pieces += [chr(c) for c in range(0x21, 0x7F)] + list("°µμ≥éÉüÄ中文")
    pieces += ["##" + c for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789é"]
    pieces += [w for w in sorted(words, key=lambda w: (-words[w], w))[:250] if len(w) > 1]
    for length in (2, 3):
        tails = Counter(w[-length:] for w in words if len(w) > length)
        pieces += ["##" + t for t in sorted(tails, key=lambda x: (-tails[x], x))[:100]]
    return list(dict.fromkeys(pieces))


def bert(corpus):
    path = folder("bert")
    (path / "vocab.txt").write_text("\n".join(wordpiece(corpus)) + "\n")
    tokenizer = BertTokenizer.from_pretrained(path)
    assert tokenizer.tokenize("LUNG") == ["lung"]
    return tokenizer


def bert_cased(corpus):
    path = folder("bert-cased")
    (path / "vocab.txt").write_text("\n".join(cased(corpus)) + "\n")
    write_json(path / "tokenizer_config.json", {"do_lower_case": False, "strip_accents": None, "tokenizer_class": "BertTokenizer"})
    roles = {"unk_token": "<unk>", "cls_token": "<cls>", "sep_token": "<sep>", "mask_token": "<mask>", "pad_token": "[PAD]"}
    write_json(path / "special_tokens_map.json", roles)
    tokenizer = BertTokenizer.from_pretrained(path)
    assert [tokenizer.cls_token, tokenizer.mask_token] == ["<cls>", "<mask>"]
    return tokenizer


# ---------------------------------------------------------------- byte-level BPE


def byte_level(corpus, specials, normalizer, prefix_space):
    tokenizer = Tokenizer(BPE())
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix_space, use_regex=True)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=specials, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(corpus, trainer)
    return tokenizer


def roberta(corpus):
    path = folder("roberta")
    tokenizer = byte_level(corpus, ["<s>", "<pad>", "</s>", "<unk>", "<mask>"], None, False)
    ids = tokenizer.get_vocab()
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", ids["</s>"]), ("<s>", ids["<s>"]), trim_offsets=True, add_prefix_space=False
    )
    return saved(tokenizer, path, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>", mask_token="<mask>")


def conch(corpus):
    path = folder("conch")
    normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()])
    tokenizer = byte_level(corpus, ["<pad>", "<start_of_text>", "<end_of_text>", "<|person|>"], normalizer, True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<start_of_text> $A <end_of_text>",
        special_tokens=[("<start_of_text>", 1), ("<end_of_text>", 2)],
    )
    return saved(tokenizer, path, bos_token="<start_of_text>", eos_token="<end_of_text>", pad_token="<pad>")


def saved(tokenizer, path, **roles):
    write_json(path / "tokenizer.json", json.loads(tokenizer.to_str()))
    write_json(path / "tokenizer_config.json", roles)
    return PreTrainedTokenizerFast(tokenizer_file=str(path / "tokenizer.json"), **roles)


# ---------------------------------------------------------------- SentencePiece

RULES = {  # a small map of the kinds that nmt_nfkc has: to spaces, to nothing, one to many, many to one
    "\t": " ", "\n": " ", "\r": " ", "\u00a0": " ", "\u3000": " ", "\u2003": " ", "\u2028": " ", "\u200b": " ", "\ufeff": " ",
    "\x01": "", "\x02": "", "\x1f": "", "\u00ad": "", "\u2060": "",
    "ﬁ": "fi", "ﬃ": "ffi", "™": "TM", "½": "1⁄2", "²": "2", "Ⅷ": "VIII", "℡": "TEL", "…": "...",
    "e\u0301": "é", "o\u0308": "ö", "a\u0301": "á", "I\u0307": "İ", "A\u030a": "\u00c5", "\u212b": "\u00c5", "\u1100\u1161": "가",
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
}


def points(text):
    return " ".join(f"{ord(c):X}" for c in text)


def train_pieces(corpus, folder, rules="RULES"):
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "rules.tsv"
        table.write_text("".join(f"{points(a)}\t{points(b)}\n" for a, b in RULES.items()))
        model = io.BytesIO()
        normalization = {"normalization_rule_tsv": str(table)} if rules == "RULES" else {"normalization_rule_name": rules}
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(corpus), model_writer=model, vocab_size=420, model_type="unigram", pad_id=0, eos_id=1,
            unk_id=2, bos_id=-1, num_threads=1, character_coverage=0.9995, minloglevel=2, **normalization,
        )
    (folder / "spiece.model").write_bytes(model.getvalue())


def siglip(corpus, path=None, rules="RULES"):
    path = path or folder("siglip")
    train_pieces(corpus, path, rules)
    write_json(path / "tokenizer_config.json", {"tokenizer_class": "SiglipTokenizer", "model_max_length": 64, "do_lower_case": True})
    return SiglipTokenizer.from_pretrained(path)


def proto_of(name):
    model = import_protobuf().ModelProto()
    model.ParseFromString((FAMILIES / name / "spiece.model").read_bytes())
    return model


def unigram(name, normalizer_of, pre_tokenizer):
    proto = proto_of("siglip")
    tokenizer = Tokenizer(Unigram([(p.piece, p.score) for p in proto.pieces], unk_id=2, byte_fallback=False))
    tokenizer.normalizer = normalizer_of(normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap))
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>"])
    return saved(tokenizer, folder(name), eos_token="</s>", unk_token="<unk>", pad_token="<pad>")


def t5():
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return unigram("unigram", lambda map: map, pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace]))


def siglip_json():
    punctuation = r"""[!"\#\$%\&'\(\)\*\+,\-\./:;<=>\?@\[\\\]\^_`\{\|\}\~]"""
    steps = lambda map: normalizers.Sequence([
        map, normalizers.Lowercase(), normalizers.Replace(Regex(punctuation), ""),
        normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip(),
    ])
    return unigram("siglip-json", steps, pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first"))


# ---------------------------------------------------------------- open_clip


def simple_tokenizer(corpus):
    path = folder("openclip")
    lines = ['"bpe_simple_vocab_16e6.txt#version: 0.2', *(OUT / "merges.txt").read_text().splitlines()]
    with open(path / "bpe_simple_vocab_16e6.txt.gz", "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as out:
        out.write("\n".join(lines).encode())
    return SimpleTokenizer(str(path / "bpe_simple_vocab_16e6.txt.gz"))


def guessed(text):
    """Whether ftfy takes the text for one decoded in the wrong encoding."""
    return ftfy.fix_text(text) != ftfy.fix_text(text, fix_encoding=False)


def simple_rows(tokenizer, texts, context):
    for text in texts:
        ids = [tokenizer.sot_token_id, *tokenizer.encode(text), tokenizer.eot_token_id]
        cut = [*ids[: context - 1], tokenizer.eot_token_id] if len(ids) > context else ids
        padded = tokenizer([text], context_length=context)[0].tolist()
        assert padded == cut + [0] * (context - len(cut))
        clean = tokenizer.clean_fn(text)
        hidden = re.search(r"[^\s\w]<(start|end)_of_text>", re.sub(r"(<(start|end)_of_text>)+", r"\1", clean))
        newer = any(bool(regex.match(r"[\p{L}\p{N}]", c)) != (unicodedata.category(c)[0] in "LN") for c in clean)
        reason = ["ftfy"] if guessed(text) else ["special"] if hidden else ["unicode"] if newer else []
        yield [digest(cut), None, len(ids) - len(cut), *reason]


def hf_tokenizer(name, files, tokenizer_class, kwargs):
    """The tokenizer files of another family, and a configuration that wraps them."""
    path = folder(name)
    for file in files:
        shutil.copy(file, path)
    write_json(path / "tokenizer_config.json", {"tokenizer_class": tokenizer_class, "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
               if tokenizer_class != "BertTokenizer" else {"tokenizer_class": tokenizer_class})
    text = {"hf_tokenizer_name": "org/name", "context_length": CONTEXT[name], **({"tokenizer_kwargs": kwargs} if kwargs else {})}
    write_json(path / "open_clip_config.json", {"model_cfg": {"embed_dim": 512, "text_cfg": text}, "preprocess_cfg": {}})
    return HFTokenizer(str(path), context_length=CONTEXT[name], **kwargs)


def hf_rows(tokenizer, texts, context):
    for text in texts:
        clean = tokenizer.clean_fn(text)
        cut = tokenizer.tokenizer(clean, truncation=True, max_length=context).input_ids
        padded = tokenizer([text])[0].tolist()
        assert padded[: len(cut)] == cut
        yield [digest(cut), None, len(tokenizer.tokenizer(clean).input_ids) - len(cut), *(["ftfy"] if guessed(text) else [])]


def slow_rows(tokenizer, texts, context):
    for text in texts:
        cut = tokenizer(text, truncation=True, max_length=context).input_ids
        yield [digest(cut), None, len(tokenizer(text).input_ids) - len(cut)]


# ---------------------------------------------------------------- the fixture


def main():
    corpus = (OUT / "corpus.txt").read_text().splitlines()
    texts = strings()
    made = {
        "bert": (bert(corpus), rows), "bert-cased": (bert_cased(corpus), rows), "roberta": (roberta(corpus), rows),
        "conch": (conch(corpus), rows), "siglip": (siglip(corpus), slow_rows), "unigram": (t5(), rows),
        "siglip-json": (siglip_json(), rows), "openclip": (simple_tokenizer(corpus), simple_rows),
    }
    made["openclip-bert"] = (hf_tokenizer("openclip-bert", [FAMILIES / "bert/vocab.txt"], "BertTokenizer", {}), hf_rows)
    t5_files, canonicalize = [FAMILIES / "unigram/tokenizer.json"], {"clean": "canonicalize"}
    made["openclip-t5"] = (hf_tokenizer("openclip-t5", t5_files, "PreTrainedTokenizerFast", canonicalize), hf_rows)
    expected = {}
    for name, (tokenizer, rows_of) in made.items():
        expected[name] = {"context": CONTEXT[name], "rows": list(rows_of(tokenizer, texts, CONTEXT[name]))}
        reasons = Counter(row[3] for row in expected[name]["rows"] if len(row) > 3)
        print(f"{name}: {len(texts)} strings, known to differ {dict(reasons)}")
    with open(FAMILIES / "expected.json.gz", "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as out:
        out.write(json.dumps(expected, separators=(",", ":")).encode())
    print((FAMILIES / "expected.json.gz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
