"""Training through an encoder: CoOp's and CLIP-LoRA's updates beside plain PyTorch's, in one run.

A random CLIP ViT-B/16 (text encoder of 12 layers of 512), labels of five words.
Both sides train on the same inputs and take turns, one at a time; each has a process of its own, whose
most memory is printed. The loss after Auscult's first update is computed by both. What all labels share
is also timed alone: computed once for all, and for each label (processor seconds of an update).

    benchmarks/run context
    benchmarks/run context --rows coop:12 --rounds 5 --threads 2
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from worker import FLAGS, checkpoint

ROWS = ["coop:4", "coop:12", "coop:40", "lora:12", "shared:4", "shared:12", "shared:40"]
HEADER = ("| method | labels | Auscult | PyTorch | ratio | loss differs by | Auscult's memory | PyTorch's memory |\n"
          "|---|---|---|---|---|---|---|---|")
SHARED = "| labels | once for all | for each label | ratio |\n|---|---|---|---|"


class Side:
    """A process that answers one question at a time."""

    def __init__(self, command):
        environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment)
        self._line()

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return float(self._line())

    def end(self):
        self.process.stdin.close()
        self.process.wait()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("a side ended; its message is above")
        return line


def row(method, labels, options, folder):
    arguments = [method, str(options.checkpoint), str(labels), str(options.threads), str(folder), str(options.batch)]
    ours = Side(["java", *FLAGS, "-cp", options.classpath, "dev.auscult.benchmarks.TrainingWorker", *arguments])
    theirs = Side([sys.executable, str(Path(__file__).with_name("context_peer.py")), *arguments])
    updates = options.updates if method == "coop" else 1
    mine, other = [], []
    for _ in range(options.rounds):
        mine.append(ours.ask(f"train {updates}"))
        other.append(theirs.ask(f"train {updates}"))
    memory = [side.ask("peak") / 1000 for side in (ours, theirs)]
    difference = abs(ours.ask("check") - theirs.ask("check"))
    ours.end()
    theirs.end()
    ratio = statistics.median(b / a for a, b in zip(mine, other))
    print(f"| {method} | {labels} | {statistics.median(mine):.2f} s | {statistics.median(other):.2f} s | {ratio:.1f} "
          f"| {difference:.0e} | {memory[0]:.2f} GB | {memory[1]:.2f} GB |", flush=True)


def shared(labels, options):
    java = ["java", "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-cp", options.classpath,
            "dev.auscult.benchmarks.ContextWorker", str(labels), str(options.rounds), str(options.threads)]
    once, each = map(float, subprocess.run(java, check=True, capture_output=True, text=True).stdout.split())
    print(f"| {labels} | {once:.2f} s | {each:.2f} s | {each / once:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--rows", nargs="+", default=ROWS, help="METHOD:LABELS, or shared:LABELS")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--updates", type=int, default=10, help="of CoOp in a round; of CLIP-LoRA it is one")
    parser.add_argument("--batch", type=int, default=32, help="samples of an update")
    parser.add_argument("--checkpoint", type=Path, help="where to keep the model for another run")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    print(f"{options.threads} threads, {options.batch} samples per update")
    printed = None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options.checkpoint = options.checkpoint or folder / "model"
        if any(not one.startswith("shared") for one in options.rows) and not options.checkpoint.exists():
            checkpoint(options.checkpoint, 16)
        for one in options.rows:
            method, labels = one.split(":")
            header = SHARED if method == "shared" else HEADER
            if header != printed:
                print("\n" + header)
                printed = header
            if method == "shared":
                shared(int(labels), options)
            else:
                row(method, int(labels), options, folder)


if __name__ == "__main__":
    main()
