"""Writes checkpoints that try to run code, to exhaust memory or to lead a reader astray.

Output, under core/src/test/resources/dev/auscult/checkpoint/hostile/:
  CASE.pt         one archive each
  expected.json   from CASE.pt to what the error says was found

Those that try to run code would create a file named "auscult-canary" in the working directory; the script proves that
on Python's own unpickler, in a folder of its own. The same bytes are written on every run.
"""

import json
import pathlib
import pickle
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

OUT = pathlib.Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/checkpoint/hostile"
CANARY = "auscult-canary"
COMMAND = f"touch {CANARY}"
expected = {}
proven = []


# --- pickles, written by hand ----------------------------------------------------------------------------------------


def text(value):
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def whole(value):
    if 0 <= value < 256:
        return b"K" + bytes([value])
    data = pickle.encode_long(value)
    return b"\x8a" + bytes([len(data)]) + data


def tup(*items):
    return b"(" + b"".join(items) + b"t"


def glob(module, name):
    return f"c{module}\n{name}\n".encode()


def stack_glob(module, name):
    return text(module) + text(name) + b"\x93"


def call(function, *arguments):
    return function + tup(*arguments) + b"R"


def dictionary(**items):
    return b"}(" + b"".join(text(key) + value for key, value in items.items()) + b"u"


def storage(elements=6, key="0", kind="FloatStorage", tag="storage"):
    return tup(text(tag), glob("torch", kind), text(key), text("cpu"), whole(elements)) + b"Q"


def tensor(size=(2, 3), stride=(3, 1), offset=0, **of_storage):
    return call(
        glob("torch._utils", "_rebuild_tensor_v2"), storage(**of_storage), whole(offset), tup(*map(whole, size)),
        tup(*map(whole, stride)), b"\x89", call(glob("collections", "OrderedDict")))


def program(body, protocol=2):
    return b"\x80" + bytes([protocol]) + body + b"."


# --- archives, written by hand ---------------------------------------------------------------------------------------


class Entry:
    def __init__(self, name, data, **changes):
        self.name, self.data, self.changes = name, data, changes

    def of(self, key, otherwise):
        return self.changes.get(key, otherwise)


FLOATS = struct.pack("<6f", *range(6))


def entries(data_pkl, **changes):
    order = changes.get("order", b"little")
    return [Entry("archive/data.pkl", data_pkl), Entry("archive/byteorder", order), Entry("archive/data/0", FLOATS),
            Entry("archive/version", b"3\n")]


def archive(files, large=None, end=None, comment=b""):
    body, directory = b"", b""
    for entry in files:
        at = entry.of("at", len(body))
        name = entry.of("local_name", entry.name).encode()
        method, flags = entry.of("method", 0), entry.of("flags", 0)
        size, unpacked = entry.of("size", len(entry.data)), entry.of("unpacked", len(entry.data))
        crc = zlib.crc32(entry.data)
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0, crc, len(entry.data), len(entry.data),
                            len(name), 0) + name + entry.data
        extra = entry.of("extra", b"")
        central = entry.name.encode()
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0, crc, size, unpacked,
                                 len(central), len(extra), 0, 0, 0, 0, at) + central + extra
    fields = {"disk": 0, "count": len(files), "size": len(directory), "begin": len(body), **(end or {})}
    tail = b""
    if large is not None:
        wide = {"count": len(files), "size": len(directory), "begin": len(body), "at": len(body) + len(directory), **large}
        tail = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, wide["count"], wide["count"], wide["size"],
                           wide["begin"]) + struct.pack("<IIQI", 0x07064B50, 0, wide["at"], 1)
    return body + directory + tail + struct.pack(
        "<IHHHHIIH", 0x06054B50, fields["disk"], fields["disk"], fields["count"], fields["count"], fields["size"],
        fields["begin"], len(comment)) + comment


def write(name, data, finding):
    assert name not in expected
    (OUT / f"{name}.pt").write_bytes(data)
    expected[f"{name}.pt"] = finding


def pickled(name, body, finding, protocol=2, **changes):
    write(name, archive(entries(program(body, protocol), **changes)), finding)


def running(name, body, finding, protocol=2):
    """A pickle that runs code in Python."""
    proof = "import pickle, sys; pickle.loads(sys.stdin.buffer.read())"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", proof], input=program(body, protocol), cwd=folder, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 5
        while not (pathlib.Path(folder) / CANARY).exists():
            assert time.monotonic() < deadline, name
            time.sleep(0.05)
    proven.append(name)
    pickled(name, body, finding, protocol)


# --- cases -----------------------------------------------------------------------------------------------------------


def code():
    python = f"__import__('os').system('{COMMAND}')"
    running("os-system", call(glob("os", "system"), text(COMMAND)), "the Python object os.system")
    running("posix-system", call(stack_glob("posix", "system"), text(COMMAND)), "the Python object posix.system", 4)
    running("eval", call(glob("builtins", "eval"), text(python)), "the Python object builtins.eval")
    running("exec-python-2", call(glob("__builtin__", "eval"), text(python)), "the Python object __builtin__.eval")
    running("nested-calls", call(call(
        glob("builtins", "getattr"), call(glob("importlib", "import_module"), text("os")), text("system")), text(COMMAND)),
        "the Python object builtins.getattr")
    running("popen", call(glob("subprocess", "call"), b"](" + text("touch") + text(CANARY) + b"e"),
            "the Python object subprocess.call")
    running("dotted-name", call(stack_glob("pathlib", "os.system"), text(COMMAND)), "the Python object pathlib.os.system", 4)
    running("run-module-code", call(glob("runpy", "_run_code"), text(python), b"}"), "the Python object runpy._run_code")
    running("in-a-default-factory", call(glob("collections", "defaultdict"), glob("os", "getcwd"))
            + call(glob("os", "system"), text(COMMAND)), "the Python object os.getcwd")
    running("discarded", call(glob("os", "system"), text(COMMAND)) + b"0" + dictionary(), "the Python object os.system")
    running("old-instance", b"(" + text(COMMAND) + b"ios\nsystem\n", "the operation 0x69")
    running("old-object", b"(" + glob("subprocess", "Popen") + text("touch " + CANARY) + whole(-1) + b"NNNNN\x88\x88o",
            "the Python object subprocess.Popen")
    pickled("beside-tensors", dictionary(weight=tensor(), note=call(glob("os", "system"), text(COMMAND))),
            "the Python object os.system")
    pickled("nested-load", call(glob("torch.storage", "_load_from_bytes"), b"C\x01x"),
            "the Python object torch.storage._load_from_bytes", 4)
    pickled("whole-model", glob("models", "Net") + b")\x81" + dictionary(weight=tensor()) + b"b",
            "the Python object models.Net")
    pickled("script-class-in-plain-archive", glob("__torch__", "Net") + b")\x81" + dictionary(weight=tensor()) + b"b",
            "the Python object __torch__.Net")
    pickled("extension-registry", b"\x82\x01", "the operation 0x82")
    pickled("out-of-band-buffer", b"\x97", "the operation 0x97", 5)
    pickled("persistent-text-id", b"Pos.system\n", "the operation 0x50")
    pickled("tensor-called", call(tensor(), text(COMMAND)), "a call of what is no known function")
    pickled("text-called", call(text("os.system"), text(COMMAND)), "a call of what is no known function")
    pickled("call-with-dictionary", glob("collections", "OrderedDict") + b"}R", "a call of what is no known function")
    scripted = entries(program(call(glob("os", "system"), text(COMMAND)))) + [Entry("archive/constants.pkl", program(b")"))]
    write("scripted-os-system", archive(scripted), "the Python object os.system")


def tensors():
    def case(name, finding, **changes):
        pickled(name, dictionary(weight=tensor(**changes)), finding)

    outside = "a tensor of shape"
    case("shape-beyond-storage", outside, size=(2, 4), stride=(4, 1))
    case("strides-beyond-storage", outside, size=(2, 3), stride=(4, 1))
    case("offset-beyond-storage", outside, offset=1)
    case("negative-offset", outside, offset=-1)
    case("negative-stride", outside, stride=(3, -1))
    case("negative-size", outside, size=(-2, -3))
    case("tera-elements", outside, size=(1 << 40,), stride=(0,))
    case("tera-stride", outside, size=(2,), stride=(1 << 40,))
    case("overflowing-shape", outside, size=(1 << 32, 1 << 32), stride=(0, 0))
    case("overflowing-strides", outside, size=(5, 3), stride=(1 << 61, 1 << 62))
    case("overflowing-offset", outside, offset=(1 << 63) - 1)
    case("strides-too-few", outside, stride=(1,))
    case("rank-65", "a tensor whose shape is none", size=(1,) * 65, stride=(1,) * 65)
    case("size-beyond-64-bits", "a tensor whose size, stride or offset is no whole number", size=(1 << 70,))
    case("storage-beyond-entry", "a storage of 7 elements of F32 in archive/data/0 of 24 bytes", elements=7)
    case("storage-overflowing", "a storage of 2305843009213693953 elements", elements=(1 << 61) + 1)
    case("storage-negative", "a storage of -1 elements", elements=-1)
    case("storage-of-doubles", "a storage of 6 elements of F64", kind="DoubleStorage")
    case("storage-missing", "no entry archive/data/1", key="1")
    case("storage-outside", "no entry archive/data/../../../../etc/passwd", key="../../../../etc/passwd")
    case("storage-of-complex", "a tensor of torch.ComplexDoubleStorage", kind="ComplexDoubleStorage")
    case("module-not-storage", "a reference to something else than a storage", tag="module")
    pickled("untyped", dictionary(weight=call(
        glob("torch._utils", "_rebuild_tensor_v2"),
        tup(text("storage"), glob("torch.storage", "UntypedStorage"), text("0"), text("cpu"), whole(24)) + b"Q", whole(0),
        tup(whole(6)), tup(whole(1)))), "a tensor of unknown elements")
    pickled("no-storage", dictionary(weight=call(glob("torch._utils", "_rebuild_tensor_v2"), whole(0), whole(0), b")", b")")),
            "a tensor without storage")
    pickled("no-arguments", call(glob("torch._utils", "_rebuild_tensor_v2")), "a call with 0 arguments")
    own_argument = (b"]q\x01(" + glob("torch._tensor", "_rebuild_from_type_v2") + b"q\x02N" + b"h\x01e"
                    + b"h\x02h\x01R")
    pickled("rebuilt-from-itself", own_argument, "a tensor's class without its tensor")


def containers():
    often = "values that contain one another too often"
    pickled("list-in-itself", b"]q\x01h\x01a" + b"0" + b"}" + text("a") + b"h\x01s" + text("w") + tensor() + b"s",
            "values nested more than 64 deep")
    pickled("dictionary-in-itself", b"}q\x01" + text("a") + b"h\x01s" + text("w") + tensor() + b"s",
            "values nested more than 64 deep")
    deep = tensor()
    for _ in range(70):
        deep = dictionary(a=deep)
    pickled("deep", deep, "values nested more than 64 deep")
    laughs = b"}" + text("w") + tensor() + b"sq\x00"
    for level in range(1, 12):
        laughs += b"}(" + b"".join(text(str(i)) + b"h" + bytes([level - 1]) for i in range(10)) + b"uq" + bytes([level])
    pickled("billion-laughs", laughs, often)
    long_names = b"}" + text("w") + tensor() + b"sq\x00"
    for level in range(1, 6):
        keys = [text("n" * 800 + str(i)) for i in range(12)]
        long_names += b"}(" + b"".join(key + b"h" + bytes([level - 1]) for key in keys) + b"uq" + bytes([level])
    pickled("long-names", long_names, often)
    pickled("one-name-twice", dictionary(**{"a.b": tensor(), "a": dictionary(b=tensor())}), 'two tensors named "a.b"')
    pickled("no-tensors", dictionary(epoch=whole(3)), "no tensors")
    pickled("only-a-number", whole(3), "no tensors")


def programs():
    broken = "bytes declared where"
    write("no-protocol", archive(entries(b"}.")), "no pickle of protocol 2 or later")
    write("empty-pickle", archive(entries(b"")), broken)
    pickled("protocol-6", b"}", "a pickle of protocol 6", 6)
    write("no-stop", archive(entries(b"\x80\x02}")), broken)
    pickled("text-of-exabytes", b"\x8d" + struct.pack("<Q", 1 << 62), broken, 4)
    pickled("text-of-negative-length", b"\x8d" + struct.pack("<q", -1), broken, 4)
    pickled("text-of-4-gigabytes", b"X\xff\xff\xff\xff", broken)
    pickled("bytes-of-exabytes", b"\x8e" + struct.pack("<Q", 1 << 62), broken, 4)
    pickled("number-of-2-gigabytes", b"\x8b\xff\xff\xff\x7f", broken)
    pickled("number-of-negative-length", b"\x8b\xff\xff\xff\xff", broken)
    pickled("name-without-end", b"c" + b"a" * 2000, "a name without end")
    pickled("nothing-on-the-stack", b"0", "an operation on an empty stack")
    pickled("nothing-left", b"", "an operation on an empty stack")
    pickled("below-the-mark", b"N(R", "an operation on an empty stack")
    pickled("no-mark", b"N" + b"t", "the end of a list that has no beginning")
    pickled("marks", b"(" * 20000, "values nested more than 10000 deep")
    pickled("not-kept", b"h\x07", "value 7 recalled, which was not kept")
    pickled("key-without-value", b"}(" + text("a") + b"u", "a key without a value")
    pickled("entry-in-a-list", b"]" + text("a") + b"Ns", "entries set in what is no dictionary")
    pickled("item-in-a-dictionary", b"}Na", "items added to what is no list")
    pickled("global-of-numbers", b"K\x01K\x02\x93", "a global whose name is no text", 4)


def archives():
    sound = program(dictionary(weight=tensor()))

    def case(name, finding, files=None, **options):
        write(name, archive(files or entries(sound), **options), finding)

    def changed(index, **changes):
        files = entries(sound)
        files[index].changes.update(changes)
        return files

    def added(*more):
        return entries(sound) + list(more)

    packed = zlib.compress(sound, 9)[2:-4]
    bomb = zlib.compress(b"\x80\x02" + b"N" * 50_000_000, 9)[2:-4]
    case("big-endian", 'numbers in the byte order "big"', entries(sound, order=b"big"))
    case("middle-endian", 'numbers in the byte order "middle"', entries(sound, order=b"middle"))
    case("compressed-pickle", "the compressed entry archive/data.pkl",
         [Entry("archive/data.pkl", packed, method=8, unpacked=len(sound))] + entries(sound)[1:])
    case("bomb", "the compressed entry archive/data.pkl",
         [Entry("archive/data.pkl", bomb[:2000], method=8, unpacked=50_000_002)] + entries(sound)[1:])
    case("compressed-storage", "the compressed entry archive/data/0", changed(2, method=8))
    case("encrypted", "the encrypted entry archive/data.pkl", changed(0, flags=1))
    case("encrypted-storage", "the encrypted entry archive/data/0", changed(2, flags=1 << 6))
    case("stored-yet-larger", "the entry archive/data.pkl of", changed(0, unpacked=1 << 30))
    case("data-pkl-twice", "the entry archive/data.pkl twice", added(Entry("archive/data.pkl", program(b"}"))))
    case("storage-twice", "the entry archive/data/0 twice", added(Entry("archive/data/0", FLOATS)))
    case("two-checkpoints", "several checkpoints", added(Entry("other/data.pkl", sound)))
    case("no-data-pkl", "a zip archive without data.pkl, but archive/byteorder", entries(sound)[1:])
    write("empty-archive", archive([]), "a zip archive without data.pkl, but nothing")
    case("checkpoint-in-a-zip", "a zip archive without data.pkl, but pytorch_model.bin",
         [Entry("pytorch_model.bin", archive(entries(sound)))])
    for name, path in {"path-up": "../evil", "path-up-within": "archive/../../evil", "path-absolute": "/etc/passwd",
                       "path-backslash": "archive\\..\\evil", "path-nul": "archive/a\0b", "path-empty": ""}.items():
        case(name, "an entry named", added(Entry(path, b"x")))
    differs = "whose header differs from the directory"
    case("two-names", differs, changed(0, local_name="archive/evil.pkl"))
    case("header-elsewhere", differs, changed(0, at=5))
    case("same-bytes-twice", differs, added(Entry("archive/data/1", FLOATS, at=0)))
    case("overlapping", "the entries archive/data.pkl and archive/byteorder overlapping",
         changed(0, size=len(sound) + 10, unpacked=len(sound) + 10))
    case("entry-over-directory", "the entry archive/version overlapping the directory", changed(3, size=30, unpacked=30))
    case("entry-beyond-end", "beyond the file's end", changed(3, size=1 << 30, unpacked=1 << 30))
    case("header-beyond-end", "beyond the file's end", changed(3, at=1 << 30))
    impossible = struct.pack("<HHqq", 1, 16, -1, -1)
    case("zip64-negative", "of an impossible size or place", changed(2, size=0xFFFFFFFF, unpacked=0xFFFFFFFF, extra=impossible))
    case("zip64-huge", "beyond the file's end",
         changed(2, size=0xFFFFFFFF, unpacked=0xFFFFFFFF, extra=struct.pack("<HHqq", 1, 16, 1 << 62, 1 << 62)))
    case("zip64-missing", "without its size or place", changed(2, size=0xFFFFFFFF, unpacked=0xFFFFFFFF))
    case("extra-broken", "with a broken extra field", changed(2, extra=struct.pack("<HH", 9, 500)))
    case("split", "a part of a split archive", end={"disk": 1})
    case("directory-beyond-end", "a directory beyond the file's end", end={"begin": 1 << 30})
    case("directory-too-long", "a directory beyond the file's end", end={"size": 1 << 30})
    case("entries-too-many", "a directory that is cut short", end={"count": 60000})
    case("entries-too-few", "bytes too many in the directory", end={"count": 3})
    case("zip64-contradicts", "two records of the directory that differ", large={"begin": 0})
    case("zip64-beyond-end", "a 64-bit directory record beyond the file's end", large={"at": 1 << 62})
    case("zip64-many-entries", "4294967296 entries", large={"count": 1 << 32}, end={"count": 0xFFFF})
    whole_file = archive(entries(sound))
    write("no-directory", whole_file[:-22], "no directory at the end of the archive")
    write("bytes-after-the-end", whole_file + b"x", "no directory at the end of the archive")
    write("script-before-archive", b"#!/bin/sh\n" + whole_file, "a file of unknown format")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    for group in (code, tensors, containers, programs, archives):
        group()
    (OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    print(f"{len(expected)} files, of which {len(proven)} hold code that Python's unpickler runs")


if __name__ == "__main__":
    main()
