"""Writes miniature folders in the layout of VQA-RAD and of the COVID-19 image data collection.

Nothing in them is real: the images are gray ramps, the questions, notes and patients invented. They
reproduce what the readers must cope with: an answer that is a number, question types in differing
case and order, a test image that also occurs in training, a missing image, a file listed twice,
empty notes, line breaks inside quotes, a byte order mark.

Output: core/src/test/resources/dev/auscult/data/{vqa-rad,covid-cxr}
"""

import csv
import io
import json
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent / "core/src/test/resources/dev/auscult/data"


def ramp(path, width, height, step):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", (width, height))
    image.putdata([(x * step + y) % 256 for y in range(height) for x in range(width)])
    image.save(path)


def question(qid, image, organ, kind, question_type, text, answer):
    return {
        "qid": qid,
        "image_name": image,
        "image_organ": organ,
        "answer": answer,
        "answer_type": kind,
        "question_type": question_type,
        "question": text,
        "phrase_type": "freeform",
    }


def vqa_rad():
    folder = ROOT / "vqa-rad"
    ramp(folder / "images/a.jpg", 24, 20, 5)
    ramp(folder / "images/b.jpg", 20, 24, 7)
    train = [
        question(1, "a.jpg", "CHEST", "CLOSED", "PRES", "Is there a ramp?", "Yes"),
        question(2, "a.jpg", "CHEST", "OPEN", "COUNT", "How many ramps are there?", 1),
        question(3, "b.jpg", "HEAD", "OPEN", "PRES, ATTRIB", "What does the ramp do?", "It rises "),
        question(4, "gone.jpg", "HEAD", "OPEN", "Other", "Where is it?", "nowhere"),
    ]
    test = [
        question(5, "a.jpg", "CHEST", "CLOSED", "ATTRIB, PRES", "Is the ramp steep?", "no"),
        question(6, "b.jpg", "HEAD", "CLOSED", "OTHER", "Is this a ramp?", "yes"),
    ]
    for name, questions in (("train", train), ("test", test)):
        (folder / f"{name}.json").write_text(json.dumps(questions, indent=0) + "\n")


def covid_cxr():
    folder = ROOT / "covid-cxr"
    ramp(folder / "images/one.png", 16, 16, 9)
    ramp(folder / "images/two.jpg", 18, 16, 3)
    ramp(folder / "images/three.png", 16, 18, 4)
    columns = "patientid,offset,sex,age,finding,view,filename,clinical_notes,other_notes".split(",")
    rows = [
        ["7", "0", "M", "54", "COVID-19", "PA", "one.png", "Invented note,\nsecond line", ""],
        ["7", "3", "M", "54", "COVID-19", "AP", "two.jpg", "Another invented note", ""],
        ["8", "", "F", "", "No Finding", "L", "three.png", "", ""],
        ["9", "", "", "61", "Pneumonia", "PA", "missing.png", "Note of a missing image", ""],
        ["10", "", "F", "40", "Pneumonia", "PA", "one.png", "Listed under a second patient", ""],
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    (folder / "metadata.csv").write_bytes("\ufeff".encode() + text.getvalue().encode())


if __name__ == "__main__":
    vqa_rad()
    covid_cxr()
