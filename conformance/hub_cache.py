"""Compares the cache of models that Auscult makes with the one that huggingface_hub makes.

    python conformance/hub_cache.py [FOLDER]

Serves a small repository on this machine as the hub does (listing, redirects to a store, ranges),
lets both programs download it into caches of their own below FOLDER (default: a temporary one),
compares the two, and lets each work with the other's, with the hub and without. Needs a built
./auscult. Prints what was found; ends with code 1 if anything differs.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

REPOSITORY = "clinic/tiny"
ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "core/src/test/resources/dev/auscult/model/clip/complete"
NEEDED = ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
# What only one of the two writes, and does not need of the other: locks, notes, the cache's tag.
OWN = re.compile(r"\.locks(/.*)?|CACHEDIR\.TAG|models--clinic--tiny/(trees|\.no_exist)(/.*)?")


def repository():
    files = {name: (FIXTURE / name).read_bytes() for name in NEEDED}
    files["README.md"] = b"# A card\n"
    files["pytorch_model.bin"] = bytes(20_000)
    files["onnx/model.onnx"] = bytes(30_000)
    return files


class Hub:
    """A hub with one repository, and its store on another port."""

    def __init__(self, files):
        self.files = files
        self.large = {name for name, content in files.items() if len(content) > 10_000}
        self.commit = hashlib.sha1(b"".join(sorted(name.encode() for name in files))).hexdigest()
        self.requests = []
        self.store = self.serve(self.answer_store)
        self.hub = self.serve(self.answer_hub)
        self.endpoint = f"http://127.0.0.1:{self.hub.server_port}"

    def serve(self, answer):
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                requests.append(f"{self.command} {urlsplit(self.path).path}")
                status, headers, body = answer(unquote(urlsplit(self.path).path), self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def log_message(self, *arguments):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def blob(self, name):
        content = self.files[name]
        if name in self.large:
            return hashlib.sha256(content).hexdigest()
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    def entry(self, name):
        size = len(self.files[name])
        blob = self.blob(name)
        large = {"lfs": {"oid": blob, "sha256": blob, "size": size, "pointerSize": 134}} if name in self.large else {}
        git = "0" * 40 if large else blob
        return {"rfilename": name, "path": name, "type": "file", "size": size, "blobId": git, "oid": git, **large}

    def answer_hub(self, path, headers):
        api = f"/api/models/{REPOSITORY}/"
        entries = [self.entry(name) for name in self.files]
        if path.startswith(api + "tree/"):
            return 200, {"Content-Type": "application/json"}, json.dumps(entries).encode()
        if path in (api + "revision/main", api + "revision/" + self.commit):
            listing = {"id": REPOSITORY, "sha": self.commit, "siblings": entries, "private": False, "gated": False,
                       "downloads": 0, "likes": 0, "tags": []}
            return 200, {"Content-Type": "application/json"}, json.dumps(listing).encode()
        found = re.fullmatch(f"/{REPOSITORY}/resolve/(?:main|{self.commit})/(.+)", path)
        if not found:
            return 404, {"X-Error-Code": "RepoNotFound"}, b""
        name = found[1]
        told = {"X-Repo-Commit": self.commit}
        if name not in self.files:
            return 404, {"X-Error-Code": "EntryNotFound", **told}, b""
        tag = f'"{self.blob(name)}"'
        if name in self.large:
            store = f"http://127.0.0.1:{self.store.server_port}/{self.blob(name)}?signature=x"
            return 302, {"X-Linked-Etag": tag, "X-Linked-Size": str(len(self.files[name])), "Location": store, **told}, b""
        return 200, {"ETag": tag, **told}, self.files[name]

    def answer_store(self, path, headers):
        content = next(self.files[name] for name in self.files if self.blob(name) == path[1:])
        wanted = re.fullmatch(r"bytes=(\d+)-", headers.get("Range", ""))
        if not wanted:
            return 200, {"ETag": '"of-the-store"'}, content
        start = int(wanted[1])
        return 206, {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}, content[start:]


class Report:
    failures = 0

    def say(self, what, good, detail=""):
        self.failures += not good
        print(f"{'ok  ' if good else 'DIFF'} {what}{': ' + str(detail) if detail != '' else ''}")


def environment(cache, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "TRANSFORMERS_", "HUGGING"))}
    return {**kept, "HF_HUB_CACHE": str(cache), "HF_HOME": str(cache) + "-home", **more}


def auscult(cache, *arguments, **more):
    done = subprocess.run([ROOT / "auscult", *arguments, "--quiet"], env=environment(cache, **more),
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"auscult {' '.join(arguments)} failed: {done.stderr}")
    return done.stdout


def python(cache, code, **more):
    done = subprocess.run([sys.executable, "-c", code], env=environment(cache, **more), capture_output=True, text=True)
    if done.returncode:
        return "failed: " + done.stderr.strip().splitlines()[-1]
    return done.stdout.strip()


def layout(cache):
    """Every entry of a cache with what it is: a link and its target, or the hash of its content."""
    entries = {}
    for path in sorted(cache.rglob("*")):
        name = path.relative_to(cache).as_posix()
        if OWN.fullmatch(name):
            continue
        if path.is_symlink():
            entries[name] = "-> " + os.readlink(path)
        elif path.is_file():
            entries[name] = "file " + hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            entries[name] = "folder"
    return entries


LOAD = f"""
import huggingface_hub
from huggingface_hub import snapshot_download, hf_hub_download, try_to_load_from_cache, scan_cache_dir
from transformers import CLIPModel, AutoTokenizer
folder = snapshot_download("{REPOSITORY}")
[hf_hub_download("{REPOSITORY}", name) for name in {NEEDED}]
absent = try_to_load_from_cache("{REPOSITORY}", "vocab.txt")
assert absent is huggingface_hub.file_download._CACHED_NO_EXIST, absent
assert not scan_cache_dir().warnings, scan_cache_dir().warnings
model = CLIPModel.from_pretrained("{REPOSITORY}")
tokens = AutoTokenizer.from_pretrained("{REPOSITORY}")("a chest radiograph")["input_ids"]
print(sum(p.numel() for p in model.parameters()), "parameters,", len(tokens), "tokens")
"""


def main(folder):
    hub, report = Hub(repository()), Report()
    java, reference = folder / "java", folder / "python"
    allowed = f"allow_patterns={NEEDED}"

    pulled = json.loads(auscult(java, "models", "pull", "hf:" + REPOSITORY, "--json", HF_ENDPOINT=hub.endpoint))["result"]
    python(reference, f'from huggingface_hub import snapshot_download as s; s("{REPOSITORY}", {allowed})',
           HF_ENDPOINT=hub.endpoint)
    ours, theirs = layout(java), layout(reference)
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    report.say(f"layout of both caches, {len(theirs)} entries", bool(theirs) and not different, different or "the same")

    loaded = python(java, LOAD, HF_HUB_OFFLINE="1")
    report.say("Python, offline, on the cache that Java made", loaded.endswith("tokens"), loaded)
    hub.requests.clear()
    again = python(java, f'from huggingface_hub import snapshot_download as s; print(s("{REPOSITORY}", {allowed}))',
                   HF_ENDPOINT=hub.endpoint)
    bodies = [request for request in hub.requests if request.startswith("GET") and "/api/" not in request]
    report.say("Python, with the hub, downloads of it", again == pulled["folder"] and not bodies, len(bodies))

    inspected = auscult(reference, "models", "inspect", "hf:" + REPOSITORY, "--json", HF_HUB_OFFLINE="1")
    family = json.loads(inspected)["result"]["family"]
    report.say("Java, offline, on the cache that Python made", "clip" in family.lower(), family)
    hub.requests.clear()
    pinned = auscult(reference, "models", "pull", f"hf:{REPOSITORY}@{hub.commit}", HF_ENDPOINT=hub.endpoint).strip()
    report.say("Java, a commit that Python brought, requests", pinned.endswith(hub.commit) and not hub.requests, len(hub.requests))
    pull = json.loads(auscult(reference, "models", "pull", "hf:" + REPOSITORY, "--json", HF_ENDPOINT=hub.endpoint))["result"]
    report.say("Java, with the hub, downloads of it", pull["downloaded_files"] == 0, pull["downloaded_files"])
    report.say("Java leaves it as it was", layout(reference) == theirs)

    copies = folder / "copies"
    auscult(copies, "models", "pull", "hf:" + REPOSITORY, HF_ENDPOINT=hub.endpoint, HF_HUB_DISABLE_SYMLINKS="1")
    links = [name for name, what in layout(copies).items() if what.startswith("->")]
    loaded = python(copies, LOAD, HF_HUB_OFFLINE="1")
    report.say("Python, offline, on a cache without links", not links and loaded.endswith("tokens"), loaded)
    return 1 if report.failures else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1]).absolute()))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary)))
