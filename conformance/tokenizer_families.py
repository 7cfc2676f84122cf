"""Token ids of every supported family of tokenizers on the 1,000 strings of tokenizer_ids.py.

Writes, under core/src/test/resources/dev/auscult/text/families/, per family a folder with the files of
a small vocabulary trained here on corpus.txt, and in expected.json.gz for each string a digest of the
ids, a digest of the UTF-16 offsets where the reference has offsets, and the number of tokens cut off:

  bert            vocab.txt alone: lower case, as transformers reads Bio_ClinicalBERT
  bert-cased      a cased vocab.txt, tokenizer_config.json with do_lower_case false, own special tokens
  roberta         byte-level BPE without end-of-word suffix, RoBERTa's template
  conch           the same with CONCH's normalisation and template

Run: python conformance/tokenizer_families.py      (after tokenizer_ids.py)
"""

import gzip
import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import BPE
from transformers import BertTokenizer, PreTrainedTokenizerFast

from tokenizer_ids import OUT, strings, utf16, wordpiece

FAMILIES = OUT / "families"
CONTEXT = {"bert": 64, "bert-cased": 128, "roberta": 77, "conch": 128}


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


# ---------------------------------------------------------------- the fixture


def main():
    corpus = (OUT / "corpus.txt").read_text().splitlines()
    texts = strings()
    trained = {"bert": bert(corpus), "bert-cased": bert_cased(corpus), "roberta": roberta(corpus), "conch": conch(corpus)}
    expected = {name: {"context": CONTEXT[name], "rows": list(rows(trained[name], texts, CONTEXT[name]))} for name in trained}
    data = json.dumps(expected, separators=(",", ":")).encode()
    with open(FAMILIES / "expected.json.gz", "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as out:
        out.write(data)
    print({name: len(tokenizer) for name, tokenizer in trained.items()}, (FAMILIES / "expected.json.gz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
