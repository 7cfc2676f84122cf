"""The gradient of CoOp's context with what all labels share computed once, and for each label.

Twelve layers of 512 as in CLIP's text encoder, 16 context vectors, labels of five words; both take
turns in one run. Processor seconds of an update. Prints the table of docs/adaptation.md.

    benchmarks/run context
"""

import argparse
import os
import subprocess


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    print("| labels | once for all | for each label | ratio |")
    print("|---|---|---|---|")
    for labels in (4, 12, 40):
        java = ["java", "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-cp", arguments.classpath,
                "dev.auscult.benchmarks.ContextWorker", str(labels), str(arguments.rounds), str(arguments.threads)]
        shared, whole = map(float, subprocess.run(java, check=True, capture_output=True, text=True).stdout.split())
        print(f"| {labels} | {shared:.2f} s | {whole:.2f} s | {whole / shared:.1f} |")


if __name__ == "__main__":
    main()
