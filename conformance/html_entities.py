"""Writes core/src/main/resources/dev/auscult/text/html-entities.txt: the named character references of
the HTML standard as Python's html.entities has them, one a line: name, its code points in hexadecimal.

Run: python conformance/html_entities.py
"""

import html.entities
from pathlib import Path

OUT = Path(__file__).parents[1] / "core/src/main/resources/dev/auscult/text/html-entities.txt"

lines = ["# Named character references of the HTML standard (13.5); those without a semicolon may end anywhere."]
for name, text in sorted(html.entities.html5.items()):
    lines.append(name + " " + " ".join(f"{ord(c):x}" for c in text))
OUT.write_text("\n".join(lines) + "\n")
print(f"{len(lines) - 1} names, {OUT.stat().st_size} bytes")
