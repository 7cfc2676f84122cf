"""Token ids of the reference tokenizers on 1,000 medical and hostile strings.

Writes, under core/src/test/resources/dev/auscult/text/:

  corpus.txt              synthetic report sentences on which the vocabularies are trained
  merges.txt              what an independent, naive BPE trainer learns from the corpus
                          (ties: lexicographically first), the truth for BpeTrainer
  clip/                   tokenizer.json + tokenizer_config.json as transformers' CLIPTokenizer
                          saves them, about 1,000 ids
  clip-files/             the same vocabulary as vocab.json + merges.txt, with the special tokens
                          declared as in OpenAI's own repositories (normalized: true)
  bert/                   a WordPiece tokenizer of about 1,000 ids as BertTokenizer saves it
  cases.json.gz           the strings, and for each tokenizer ids, UTF-16 offsets and the number of
                          tokens cut off, truncated to 77 (CLIP) or 32 (BERT) ids

and checks that transformers reads trained/ with the ids that the same merges give here. BpeTrainer
wrote trained/: BpeTrainerTest leaves it in core/target/trained and compares it with the fixture byte
by byte; when the writer changes, copy it over and run this script again.

The vocabularies are small ones trained here, because no hub was in reach when this was written; the
rules (normalisation, splitting, byte-level BPE, templates) are those of the full vocabularies.

Run: python conformance/tokenizer_ids.py      (transformers and tokenizers as in requirements.txt)
"""

import gzip
import itertools
import json
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from transformers import AutoTokenizer, BertTokenizer, CLIPTokenizer, PreTrainedTokenizerFast

OUT = Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/text"
BEGIN, END, PAD = "<|startoftext|>", "<|endoftext|>", "<|pad|>"
MERGES = 486
CLIP_CONTEXT, BERT_CONTEXT = 77, 32

FINDINGS = """atelectasis|cardiomegaly|consolidation|pleural effusion|pneumothorax|interstitial oedema
bronchiectasis|hilar lymphadenopathy|granuloma|ground-glass opacity|emphysema|rib fracture|aortic elongation
melanoma|basal cell carcinoma|seborrhoeic keratosis|dermatofibroma|invasive ductal carcinoma|adenocarcinoma
tubular adenoma|lymphocytic infiltrate|hiatal hernia|scoliosis|calcified nodule|reticular pattern
spiculated mass|honeycombing|pericardial calcification|squamous metaplasia|osteophytes|eventration
vascular redistribution|air bronchograms|tracheal deviation|epithelioid hyperplasia|keratin pearls""".replace(
    "\n", "|"
).split("|")
PLACES = """left lung|right lung|right upper lobe|left lower lobe|lingula|both bases|left costophrenic angle
mediastinum|right hilum|retrocardiac region|forearm|scalp|breast|sigmoid colon|apex|pylorus|vertebral column
subpleural parenchyma|azygos fissure|cervix|thyroid isthmus""".replace("\n", "|").split("|")
DEGREES = "mild moderate severe small large new unchanged resolving chronic subtle".split()
VERBS = ["is seen in", "is present in", "is noted at", "has increased in", "was not found in", "projects over"]
TAILS = [
    ".", ".", ".", ", measuring {n} mm.", ", {n} x {m} cm.", " (SpO2 {n}%).", "; T {n}.{m} °C.", " since 20{n}-0{d}-1{d}.",
    ", compared with the prior study.", " - patient's known history.", ", it's stable; they've followed it.",
    " at {n} µm section thickness.", ": BI-RADS {d}.", ", HbA1c ≥ {d}.{m} %.", " [PA/lateral, {n} kVp].",
]


def sentence(rng):
    text = "{} {} {} the {}".format(rng.choice(DEGREES), rng.choice(FINDINGS), rng.choice(VERBS), rng.choice(PLACES))
    tail = rng.choice(TAILS).format(n=rng.randint(10, 99), m=rng.randint(1, 9), d=rng.randint(1, 6))
    text = text[0].upper() + text[1:] + tail
    return text.upper() if rng.random() < 0.05 else text


def byte_spellings():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return [chr(b) for b in printable] + [chr(0x100 + i) for i in range(256 - len(printable))]


def clip(merges, specials, **tokens):
    pieces = byte_spellings() + [b + "</w>" for b in byte_spellings()]
    pieces += dict.fromkeys(a + b for a, b in merges)
    vocab = {piece: i for i, piece in enumerate(pieces + specials)}
    return vocab, CLIPTokenizer(vocab=vocab, merges=merges, **tokens)


def words_of(tokenizer, text):
    """The byte spellings of each word, the last one with </w>."""
    backend = tokenizer.backend_tokenizer
    normalized = backend.normalizer.normalize_str(text)
    for word, _ in backend.pre_tokenizer.pre_tokenize_str(normalized):
        yield tuple(word[:-1]) + (word[-1] + "</w>",)


def train_bpe(corpus, merges):
    """Recounts everything after every merge: slow, and plainly right."""
    _, empty = clip([], [BEGIN, END])
    words = Counter(word for line in corpus for word in words_of(empty, line))
    learnt, pieces = [], set()
    while len(pieces) < merges:
        pairs = Counter()
        for word, count in words.items():
            for pair in itertools.pairwise(word):
                pairs[pair] += count
        best, count = min(pairs.items(), key=lambda item: (-item[1], item[0]))
        if count < 2:
            break
        learnt.append(best)
        pieces.add(best[0] + best[1])
        merged = Counter()
        for word, count in words.items():
            out, i = [], 0
            while i < len(word):
                if word[i : i + 2] == best:
                    out.append(best[0] + best[1])
                    i += 2
                else:
                    out.append(word[i])
                    i += 1
            merged[tuple(out)] += count
        words = merged
    return learnt


def wordpiece(corpus):
    words = Counter()
    for line in corpus:
        words.update(w for w in "".join(c if c.isalnum() else " " for c in line.lower()).split())
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces += [chr(c) for c in range(0x21, 0x7F) if not chr(c).isupper()] + list("°µμ≥éü中文")
    pieces += ["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"]
    frequent = sorted(words, key=lambda w: (-words[w], w))
    pieces += [w for w in frequent[:150] if len(w) > 1]
    for length in (2, 3, 4):
        heads = Counter(w[:length] for w in words if len(w) > length)
        tails = Counter(w[-length:] for w in words if len(w) > length)
        pieces += [h for h in sorted(heads, key=lambda x: (-heads[x], x))[:120]]
        pieces += ["##" + t for t in sorted(tails, key=lambda x: (-tails[x], x))[:120]]
    return {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}


HOSTILE = [
    "", " ", "\t\n\r\n ", "\u00a0\u2003\u3000", "\u200b", "\ufeff", "\x00", "a\x00b", "\x01\x02\x1f\x7f\x85", "\u2028\u2029",
    "\ufffd", "\U0010ffff\ufffe\uffff", "\ue000\U000f0000", END, BEGIN, PAD, END * 3, f"effusion{END}of the{BEGIN}lung", END.upper(),
    BEGIN.title() + " x", " " + END + " ", "<|endoftext", "|endoftext|>", "< |endoftext|>", "<|endoftext|></w>", "</w>",
    "[CLS]", "[SEP]", "[MASK] nodule [MASK]", "[PAD][PAD]", "[UNK]", "[mask]", "[CLS] a [SEP] b [SEP]", "##ing", "# ##",
    "😀", "👩🏽‍⚕️ sees 👨‍👩‍👧‍👦", "🫁🫀🩻🩺", "🇩🇪🇫🇷🇯🇵", "❤️ ❤", "1️⃣ 2️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "e\u0301 é", "o\u0308dem", "ﬁbrosis ﬂuid", "Å Å Å",
    "a" + "\u0301" * 40, "q\u0323\u0307 q\u0307\u0323", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘", "İstanbul IĞDIR ı", "STRASSE Straße ẞ", "ΣΊΣΥΦΟΣ ς σ", "ǅ ǈ ǋ",
    "تمدد القلب مع انصباب جنبي", "הגדלת לב", "\u202eright-to-left\u202c left", "نَصّ مُشَكَّل", "心影增大，双侧胸腔积液。", "心肥大とあります", "흉수 각각\u1100\u1161",
    "हृदय का बढ़ना", "ปอดอักเสบ", "кардиомегалия", "Καρδιομεγαλία", "ქართული ტექსტი", "ᏣᎳᎩ", "𝕻𝖓𝖊𝖚𝖒𝖔𝖓𝖎𝖆 𝟙𝟚", "𐐀𐐁 𐐨𐐩", "𒀀𒀁", "½ ⅓ Ⅷ ² ₂", "١٢٣ ४५६", "5·10⁻³",
    "</s>", "<s> a </s> b", "effusion</s>of the <unk> lung", "<unk>", "<pad><mask>", "<sep> nodule<cls>", "<extra_id_0>", "▁lung▁ ▁", "▁",
    "<start_of_text>small<end_of_text> mass", "!<end_of_text>", "</END_OF_TEXT> <END_OF_TEXT>", "<end_of_text><end_of_text>x", "_lung_field_",
    "nodule &lt; 5&nbsp;mm &amp;amp; stable", "&lt;b&gt;mass&lt;/b&gt;", "BP &gt;140 &deg;C &ampx &notit; &EACUTE; &#181;m &#x2265;9 &#0; &#xD800; &unknown;", "<p>5 &micro;m</p>",
    "“patient’s” ‚known‛ ʼ‟history", "ｆｕｌｌ　ｗｉｄｔｈ ﾊﾝｶｸ ﾊﾞ", "eﬃcient ﬆent ŉ Ĳ", "line\r\nbreak\rand\u0085next", "\x1b[31mred\x1b[0m",
    "lungâ€™s", "Ã©panchement", "na\u0308ive I\u0307", "zero\u200bwidth\u200djoin\u2060er", "soft\u00adhyphen", "\ufeffmark", "²³ ½ ™ ℡ Ω K",
    "it's we're I'VE you'll he'd I'm can't 's 't", "''''s", "l’épanchement", "co-operate—dash–dash", "a/b\\c|d", "<script>alert(1)</script>",
    "../../etc/passwd", "'; DROP TABLE patients; --", "%s%n{}$`", "\\u0041\\n", "null None NaN", "\"quoted\" “typographic”", "a.b.c...", "!!!???!!!",
    "x" * 5000, "é" * 300, "9" * 200, "!" * 200, "😀" * 100, "a b " * 40, "ab" * 60 + " end", "\n".join(["line"] * 100), "word " * 5000,
    "pneumonoultramicroscopicsilicovolcanoconiosis", "Aa" * 50, "A" * 101, "A" * 100, " leading", "trailing ", "  two  spaces  ", "tab\tnew\nline\rfeed\x0bvt\x0cff",
]


def random_string(rng, kind):
    length = rng.randint(1, 40)
    if kind == 0:  # any code point that is not a surrogate
        points = (rng.randrange(0x110000 - 0x800) for _ in range(length))
        return "".join(chr(p if p < 0xD800 else p + 0x800) for p in points)
    if kind == 1:  # the basic plane, where most letters, marks and symbols are
        return "".join(chr(rng.randrange(0x1, 0x3000)) for _ in range(length))
    if kind == 2:  # bytes of ASCII with controls
        return "".join(chr(rng.randrange(0x80)) for _ in range(length * 3))
    pieces = ["lung", "Ä", "é", "e\u0301", "\u0327", " ", "  ", "\u200d", "👩", "🏽", "⚕️", "ف", "中", "7", "'s", END, "[SEP]", "-", "\n", "ŉ", "ﬃ", "𝔞", "ß"]
    return "".join(rng.choice(pieces) for _ in range(length))


def strings():
    rng = random.Random(20)
    texts = list(HOSTILE)
    texts.append(" ".join(sentence(rng) for _ in range(600)))  # more than 5,000 words
    texts += [" ".join(sentence(rng) for _ in range(n)) for n in (5, 10, 20, 40) for _ in range(10)]
    texts += [sentence(rng)[: rng.randint(1, 60)] for _ in range(60)]
    texts += [random_string(rng, i % 4) for i in range(280)]
    while len(texts) < 1000:
        texts.append(sentence(rng))
    return texts


def utf16(text):
    """The UTF-16 offset of each code point, and of the end."""
    return [0, *itertools.accumulate(2 if ord(c) > 0xFFFF else 1 for c in text)]


def expected(tokenizer, texts, context):
    rows = []
    for text in texts:
        cut = tokenizer(text, truncation=True, max_length=context, return_offsets_mapping=True)
        whole = len(tokenizer(text).input_ids)
        at = utf16(text)
        offsets = [at[i] for span in cut.offset_mapping for i in span]
        rows.append({"ids": cut.input_ids, "offsets": offsets, "dropped": whole - len(cut.input_ids)})
    return rows


def save(tokenizer, folder):
    shutil.rmtree(folder, ignore_errors=True)
    tokenizer.save_pretrained(folder)
    for file in folder.glob("*.json"):  # compact, one final newline
        file.write_text(json.dumps(json.loads(file.read_text()), ensure_ascii=False, separators=(",", ":")) + "\n")


def save_clip_files(vocab, merges, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False, separators=(",", ":")) + "\n")
    lines = ["#version: 0.2"] + [f"{a} {b}" for a, b in merges]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": True}
    config = {
        "tokenizer_class": "CLIPTokenizer", "model_max_length": CLIP_CONTEXT, "pad_token": END,
        "unk_token": {"__type": "AddedToken", "content": END, **flags},
        "bos_token": {"__type": "AddedToken", "content": BEGIN, **flags},
        "eos_token": {"__type": "AddedToken", "content": END, **flags},
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1) + "\n")


def check_trained(merges, texts):
    """transformers reads what BpeTrainer wrote as it reads the same merges built here."""
    folder = OUT / "trained"
    if not folder.exists():
        raise SystemExit(f"{folder} is missing: copy core/target/trained there")
    vocab, reference = clip(merges, [PAD, BEGIN, END], pad_token=PAD)
    want = [row["ids"] for row in expected(reference, texts, CLIP_CONTEXT)]
    assert vocab[END] == max(vocab.values())
    for cls in (PreTrainedTokenizerFast, CLIPTokenizer, AutoTokenizer):
        tokenizer = cls.from_pretrained(folder)
        assert tokenizer.model_max_length == CLIP_CONTEXT, cls
        assert (tokenizer.pad_token, tokenizer.bos_token, tokenizer.eos_token) == (PAD, BEGIN, END), cls
        got = [row["ids"] for row in expected(tokenizer, texts, CLIP_CONTEXT)]
        assert got == want, cls
        print(f"trained/: {cls.__name__} gives the expected ids on {len(texts)} strings")
    return want


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = random.Random(10)
    corpus = [sentence(rng) for _ in range(700)]
    (OUT / "corpus.txt").write_text("\n".join(corpus) + "\n")
    merges = train_bpe(corpus, MERGES)
    (OUT / "merges.txt").write_text("\n".join(f"{a} {b}" for a, b in merges) + "\n")

    vocab, clip_tokenizer = clip(merges, [BEGIN, END], model_max_length=CLIP_CONTEXT)
    save(clip_tokenizer, OUT / "clip")
    save_clip_files(vocab, merges, OUT / "clip-files")
    save(BertTokenizer(vocab=wordpiece(corpus), do_lower_case=True, model_max_length=BERT_CONTEXT), OUT / "bert")

    texts = strings()
    read = {
        "clip": (AutoTokenizer.from_pretrained(OUT / "clip"), CLIP_CONTEXT),
        "clip-files": (AutoTokenizer.from_pretrained(OUT / "clip-files"), CLIP_CONTEXT),
        "bert": (AutoTokenizer.from_pretrained(OUT / "bert"), BERT_CONTEXT),
    }
    cases = {"texts": texts, **{name: expected(t, texts, n) for name, (t, n) in read.items()}}
    cases["trained"] = [{"ids": ids} for ids in check_trained(merges, texts)]
    with open(OUT / "cases.json.gz", "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as out:
        out.write(json.dumps(cases, separators=(",", ":")).encode())
    differ = sum(a["ids"] != b["ids"] for a, b in zip(cases["clip"], cases["clip-files"]))
    print(f"{len(texts)} strings; {len(vocab)} CLIP ids; {len(merges)} merges; clip and clip-files differ on {differ}")


if __name__ == "__main__":
    main()
