"""Streams a file of predictions that is larger than memory through `auscult evaluate`.

Writes a CSV file of --size GB, deletes it afterwards, and prints how long reading took, the most
memory that was used, and the last line of what the command said:

    python benchmarks/evaluate_large.py --rows reports            # few rows, each with a long text
    python benchmarks/evaluate_large.py --rows reports --broken   # the last row is malformed
    python benchmarks/evaluate_large.py --rows short              # more rows than fit

`reports` has a column of 20 kB of text per row, which evaluation passes over; `short` has nothing
but numbers, about 27 bytes per row.
"""

import argparse
import os
import pathlib
import random
import resource
import subprocess
import tempfile
import time

LAUNCHER = pathlib.Path(__file__).parents[1] / "auscult"
BLOCK = 1000


def block(rows):
    """Rows of which the first part of the id is still open."""
    draw = random.Random(1)
    text = ',"' + "No focal consolidation,\nno effusion. " * 500 + '"' if rows == "reports" else ""
    lines = []
    for row in range(BLOCK):
        truth = int(draw.random() < 0.2)
        score = min(0.999999, max(0, draw.gauss(0.3 + 0.3 * truth, 0.1)))
        lines.append(f"#######.{row:03d},{truth},{score:.6f}{text}\n")
    return "".join(lines).encode()


def write(path, rows, size, broken):
    """Returns the number of rows."""
    template = block(rows)
    columns = "id,y_true,score" + (",report" if rows == "reports" else "")
    with open(path, "wb") as file:
        file.write((columns + "\n").encode())
        blocks = size // len(template) + 1
        for number in range(blocks):
            file.write(template.replace(b"#######", b"%07d" % number))
        if broken:
            file.write(b"last,1,high" + (b',""' if rows == "reports" else b"") + b"\n")
    return blocks * BLOCK + broken


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", choices=("reports", "short"), default="reports")
    options.add_argument("--size", type=float, default=10, help="GB")
    options.add_argument("--broken", action="store_true")
    options.add_argument("--heap", default="512m")
    options.add_argument("--folder", help="where there is room for the file")
    options.add_argument("--command", default=str(LAUNCHER))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        file = pathlib.Path(folder) / "predictions.csv"
        rows = write(file, chosen.rows, int(chosen.size * 1e9), chosen.broken)
        began = time.monotonic()
        ended = subprocess.run(
            [chosen.command, "evaluate", file, "--out", pathlib.Path(folder) / "out"]
            + ["--bootstrap", "200", "--quiet"],
            env={**os.environ, "AUSCULT_JAVA_OPTS": f"-Xmx{chosen.heap}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        seconds = time.monotonic() - began
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(
            f"{rows} rows, {file.stat().st_size / 1e9:.1f} GB: exit code {ended.returncode}"
            f" after {seconds:.0f} s, {most / 1e3:.0f} MB of memory at most"
        )
        print(ended.stdout.strip().splitlines()[-1] if ended.stdout else "(nothing said)")


if __name__ == "__main__":
    main()
