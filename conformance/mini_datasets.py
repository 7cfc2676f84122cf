"""Writes miniature folders in the layouts of the public data sets that have a reader.

Nothing in them is real: the images are gray ramps, the questions, notes and patients invented. They
reproduce what the readers must cope with: an answer that is a number, question types in differing
case and order, a test image that also occurs in training, a missing image, a file listed twice,
empty notes, line breaks inside quotes, a byte order mark, bytes that are not UTF-8, several
reference answers, broken XML, compressed tables, arrays that hold no images.

Output: core/src/test/resources/dev/auscult/data/NAME, a folder per data set
"""

import csv
import gzip
import io
import json
from pathlib import Path

import numpy as np
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


def roco():
    """Two splits, both kinds, both ways to call an image, a line without a tab, a missing image."""
    folder = ROOT / "roco/data"
    train = folder / "train/radiology"
    ramp(train / "images/ROCO_00001.jpg", 20, 16, 5)
    ramp(train / "images/PMC77_fig2.jpg", 16, 20, 6)
    (train / "captions.txt").write_bytes(
        "ROCO_00001\t Axial ramp rising to the right (arrow).\n"
        "ROCO_00002\t Ramp – fetched under its article’s name.\n"
        "ROCO_00003\t A ramp whose image was withdrawn.\n"
        "ROCO_00004\t \n"
        "a line without a tab\n".encode()
        + b"ROCO_00005\t Broken \xff byte\n"
    )
    (train / "keywords.txt").write_text("ROCO_00001\t\taxial\tramp\nROCO_00002\t\tramp\n")
    (train / "cuis.txt").write_text("ROCO_00001\t\tC0000001\tC0000002\n")
    (train / "semtypes.txt").write_text("ROCO_00001\t\tT060\tDiagnostic Procedure\n")
    (train / "licences.txt").write_text(
        "ROCO_ID,PMC_ID,CC\nROCO_00001,PMC77_fig1.jpg,CC BY\nROCO_00002,PMC77_fig2.jpg,CC BY\n"
    )
    other = folder / "test/non-radiology"
    ramp(other / "images/ROCO_00009.jpg", 18, 18, 7)
    (other / "captions.txt").write_text("ROCO_00009\t Photograph of a ramp.\n")


def vqa_med_2019():
    """Training by category, validation in one file, the test set with several reference answers."""
    folder = ROOT / "vqa-med-2019"
    train = folder / "ImageClef-2019-VQA-Med-Training"
    for i, name in enumerate(["synpic1", "synpic2"]):
        ramp(train / f"Train_images/{name}.jpg", 16, 18, 3 + i)
    pairs = {
        "C1_Modality": "synpic1|what kind of ramp is this?|ct w/contrast (iv)\nsynpic2|is this a ramp?|yes\n",
        "C2_Plane": "synpic1|in which plane is the ramp?|axial\nsynpic3|in which plane?|coronal\n",
        "C3_Organ": "synpic1|what organ is shown?|lung, mediastinum, pleura\nonly two|fields\n",
        "C4_Abnormality": "synpic1|what is most alarming?|a steep | ramp\n|no image?|none\n",
    }
    (train / "QAPairsByCategory").mkdir(parents=True, exist_ok=True)
    for name, lines in pairs.items():
        (train / f"QAPairsByCategory/{name}_train.txt").write_text(lines)
    (train / "All_QA_Pairs_train.txt").write_text("".join(pairs.values()))
    val = folder / "ImageClef-2019-VQA-Med-Validation"
    ramp(val / "Val_images/synpic8.jpg", 16, 16, 8)
    (val / "All_QA_Pairs_val.txt").write_text(
        "synpic8|what is it?|a ramp\r\nsynpic8|is it steep?|no\r\n"
    )
    test = folder / "VQAMed2019Test"
    ramp(test / "VQAMed2019_Test_Images/synpic9.jpg", 16, 16, 9)
    (test / "VQAMed2019_Test_Questions_w_Ref_Answers.txt").write_text(
        "synpic9|organ|what organ system is shown?|gastrointestinal#lung, mediastinum, pleura\n"
    )


def slake():
    folder = ROOT / "slake"
    ramp(folder / "imgs/xmlab1/source.jpg", 18, 16, 5)
    ramp(folder / "imgs/xmlab2/source.jpg", 16, 18, 6)

    def item(qid, image, text, answer, language="en"):
        return {
            "img_id": int(image[5:]),
            "img_name": f"{image}/source.jpg",
            "question": text,
            "answer": answer,
            "q_lang": language,
            "location": "Abdomen",
            "modality": "MRI",
            "answer_type": "OPEN",
            "base_type": "vqa",
            "content_type": "Modality",
            "triple": ["vhead", "_", "_"],
            "qid": qid,
        }

    lists = {
        "train": [
            item(0, "xmlab1", "What modality is used?", "MRI"),
            item(1, "xmlab1", "这是什么？", "坡道", "zh"),
            item(2, "xmlab3", "Whose image is gone?", "this one"),
        ],
        "validate": [item(0, "xmlab2", "Is the ramp healthy?", "Yes")],
        "test": [item(0, "xmlab2", " ", "no question")],
    }
    for name, items in lists.items():
        (folder / f"{name}.json").write_text(json.dumps(items, ensure_ascii=False, indent=0) + "\n")


REPORT = """<?xml version="1.0" encoding="utf-8"?>
<eCitation>
   <uId id="{id}"/>
   <MedlineCitation><Article><Abstract>
      <AbstractText Label="COMPARISON">None.</AbstractText>
      <AbstractText Label="FINDINGS">{findings}</AbstractText>
      <AbstractText Label="IMPRESSION">{impression}</AbstractText>
   </Abstract></Article></MedlineCitation>
   <MeSH>{terms}</MeSH>
{images}</eCitation>
"""


def openi():
    """A normal report with two images, an abnormal one, one without images, one broken, one with an entity."""
    folder = ROOT / "openi"
    for i, name in enumerate(["CXR1_1_IM-0001-3001", "CXR1_1_IM-0001-4001", "CXR2_IM-0652-1001"]):
        ramp(folder / f"NLMCXR_png/{name}.png", 16, 16, 4 + i)

    def image(name):
        return f'   <parentImage id="{name}"><figureId>F1</figureId><caption>Xray Chest PA and Lateral</caption></parentImage>\n'

    reports = {
        "1": REPORT.format(
            id="CXR1",
            findings="The ramp is normal\n   in size &amp; contour.",
            impression="Normal ramp.",
            terms="<major>normal</major>",
            images=image("CXR1_1_IM-0001-3001") + image("CXR1_1_IM-0001-4001"),
        ),
        "2": REPORT.format(
            id="CXR2",
            findings="",
            impression="Steep ramp.",
            terms="<major>Ramp/steep</major><major>Opacity</major><automatic>ramp</automatic>",
            images=image("CXR2_IM-0652-1001") + image("CXR2_IM-0652-2001"),
        ),
        "10": REPORT.format(
            id="CXR10", findings="No ramp.", impression="", terms="<major>no indexing</major>", images=""
        ),
        "11": "<eCitation><uId id='CXR11'/>",
        "12": '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]><eCitation><uId id="CXR12"/>'
        '<AbstractText Label="FINDINGS">&x;</AbstractText></eCitation>',
    }
    (folder / "ecgen-radiology").mkdir(parents=True, exist_ok=True)
    for name, text in reports.items():
        (folder / f"ecgen-radiology/{name}.xml").write_text(text)


def mimic_cxr():
    """Compressed and plain tables, two images of one study, a report without headings, a missing image."""
    folder = ROOT / "mimic-cxr"
    study = folder / "files/p10/p10000001/s50000001"
    ramp(study / "aaaa-1.jpg", 16, 16, 5)
    ramp(study / "aaaa-2.jpg", 16, 18, 6)
    ramp(folder / "files/p11/p11000002/s50000003/cccc-1.jpg", 18, 16, 7)
    study.with_suffix(".txt").write_text(
        "                                 FINAL REPORT\n EXAMINATION:  RAMP (PA AND LAT)\n\n"
        " INDICATION:  ___ with a ramp.\n\n FINDINGS: \n \n The ramp rises\n to the right.\n \n"
        " IMPRESSION: \n \n No acute ramp.\n"
    )
    (folder / "files/p11/p11000002/s50000003.txt").write_text(
        " FINAL REPORT\n RAMP RADIOGRAPH\n\n In comparison with the study of ___,\n the ramp is steeper.\n"
    )
    metadata = (
        "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition,Rows\n"
        "aaaa-1,10000001,50000001,RAMP (PA AND LAT),PA,16\n"
        "aaaa-2,10000001,50000001,RAMP (PA AND LAT),LATERAL,18\n"
        "bbbb-1,10000001,50000002,RAMP (PORTABLE),AP,16\n"
        "cccc-1,11000002,50000003,RAMP (PORTABLE),AP,16\n"
        "dddd-1,../../x,50000004,RAMP,AP,16\n"
    )
    (folder / "mimic-cxr-2.0.0-metadata.csv.gz").write_bytes(gzip.compress(metadata.encode(), mtime=0))
    (folder / "mimic-cxr-2.0.0-split.csv").write_text(
        "dicom_id,study_id,subject_id,split\naaaa-1,50000001,10000001,train\n"
        "aaaa-2,50000001,10000001,train\ncccc-1,50000003,11000002,validate\n"
    )
    (folder / "mimic-cxr-2.0.0-chexpert.csv").write_text(
        "subject_id,study_id,Cardiomegaly,Edema,No Finding\n"
        "10000001,50000001,,0.0,1.0\n11000002,50000003,1.0,1.0,\n"
    )


def ham10000():
    folder = ROOT / "ham10000"
    ramp(folder / "HAM10000_images_part_1/ISIC_0000001.jpg", 16, 16, 5)
    ramp(folder / "HAM10000_images_part_2/ISIC_0000002.jpg", 16, 18, 6)
    (folder / "HAM10000_metadata.csv").write_text(
        "lesion_id,image_id,dx,dx_type,age,sex,localization\n"
        "HAM_0000001,ISIC_0000001,nv,histo,45.0,female,back\n"
        "HAM_0000001,ISIC_0000002,nv,histo,45.0,unknown,back\n"
        "HAM_0000002,ISIC_0000003,mel,histo,,male,face\n"
        "HAM_0000003,ISIC_0000001,mel,histo,,male,face\n"
        "HAM_0000004,,mel,histo,,male,face\n"
    )


def medmnist():
    """Gray and stored, colour and compressed, several labels per image, and what must be refused."""
    folder = ROOT / "medmnist"
    folder.mkdir(parents=True, exist_ok=True)

    def arrays(shape, labels, kind=np.uint8):
        found = {}
        for i, part in enumerate(["train", "val", "test"]):
            n = 3 - i
            size = (n, *shape)
            found[f"{part}_images"] = (np.arange(np.prod(size)).reshape(size) * 7 % 256).astype(kind)
            found[f"{part}_labels"] = np.array(labels[:n])
        return found

    gray = arrays((4, 6), [[0], [1], [1]])
    np.savez(folder / "pneumoniamnist.npz", **gray)
    np.savez_compressed(folder / "pathmnist_64.npz", **arrays((4, 5, 3), [[8], [0], [77]]))
    np.savez(folder / "chestmnist.npz", **arrays((4, 4), [[1, 0, 1], [0, 0, 0], [0, 1, 0]]))
    np.savez(folder / "organmnist3d.npz", **arrays((4, 4, 4), [[1], [0], [2]]))
    np.savez(folder / "floats.npz", **arrays((4, 4), [[1], [0], [2]], np.float32))
    np.savez(folder / "fewer-labels.npz", **{**gray, "val_labels": gray["val_labels"][:1]})
    np.savez(
        folder / "pickled.npz", **{**gray, "val_images": np.array([{"a": 1}, None], dtype=object)}
    )


def derm7pt():
    """A case without split, one without image; as first published and as Consistent-Derm7pt lists it."""
    criteria = [
        "pigment_network",
        "streaks",
        "pigmentation",
        "regression_structures",
        "dots_and_globules",
        "blue_whitish_veil",
        "vascular_structures",
    ]
    cases = [
        ["7", "clark nevus", "typical", "absent", "diffuse regular", "absent", "regular", "absent",
         "comma", "female", "NEL/Nel001.jpg"],
        ["9", "melanoma (in situ)", "atypical", "irregular", "diffuse irregular", "blue areas",
         "irregular", "present", "dotted", "male", "NEL/Nel002.jpg"],
        ["12", "basal cell carcinoma", "absent", "absent", "absent", "absent", "absent", "absent",
         "arborizing", "male", "NEL/Nel003.jpg"],
        ["13", "dermal nevus", "absent", "absent", "absent", "absent", "absent", "absent", "absent",
         "female", "NEL/gone.jpg"],
        ["14", "lentigo", "absent", "absent", "absent", "absent", "absent", "absent", "absent",
         "female", "NEL/Nel001.jpg"],
    ]
    lists = {"train": [0], "valid": [3, 1], "test": [2]}
    full = ROOT / "derm7pt"
    filtered = ROOT / "consistent-derm7pt"
    for i in (1, 2, 3):
        ramp(full / f"images/NEL/Nel00{i}.jpg", 16, 16, 3 + i)
    ramp(filtered / "images/NEL/Nel001.jpg", 16, 16, 4)
    ramp(filtered / "images/NEL/Nel002.jpg", 16, 16, 5)
    for folder, columns, form in (
        (full / "meta", ["case_num", "diagnosis", *criteria, "sex", "derm"], "{}_indexes.csv"),
        (filtered, ["diagnosis", *criteria, "derm"], "asymmetric_{}_indexes_filtered.csv"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        every = ["case_num", "diagnosis", *criteria, "sex", "derm"]
        rows = [",".join(row[every.index(c)] for c in columns) for row in cases]
        (folder / "meta.csv").write_text("\n".join([",".join(columns), *rows]) + "\n")
        for part, indexes in lists.items():
            (folder / form.format(part)).write_text("indexes\n" + "".join(f"{i}\n" for i in indexes))


def padchest_gr():
    """Several findings of one sentence, a normal study, one out of the table, a box outside the image."""
    folder = ROOT / "padchest-gr"
    for i in range(1, 6):
        ramp(folder / f"PadChest_GR/study_{i}.png", 20, 20, i)

    def finding(sentence, labels=None, locations=None, boxes=None):
        found = {"sentence_en": sentence, "sentence_es": "Inventada.", "abnormal": labels is not None}
        if labels is not None:
            found |= {"labels": labels, "locations": locations, "boxes": boxes, "extra_boxes": []}
        return found

    studies = [
        [
            finding("Enlarged ramp.", ["cardiomegaly"], ["loc cardiac"], [[0.3, 0.4, 0.8, 0.9]]),
            finding(
                "Left basal atelectasis with effusion.",
                ["atelectasis", "pleural effusion"],
                ["left", "basal", "pleural"],
                [[0.5, 0.6, 0.9, 0.95], [0.55, 0.7, 0.6, 0.8]],
            ),
            finding("No pneumothorax."),
        ],
        [finding("No finding.")],
        [finding("Right effusion.", ["pleural effusion"], ["loc right costophrenic angle"], [])],
        [finding("Not in the table.", ["nodule"], [], [])],
        [finding("Box outside.", ["nodule"], ["left"], [[0.5, 0.5, 1.4, 0.9]])],
        [finding("Image is missing.", ["nodule"], ["left"], [])],
    ]
    reports = [
        {"StudyID": f"S{i}", "ImageID": f"study_{i}.png", "PreviousStudyID": None, "findings": found}
        for i, found in enumerate(studies, 1)
    ]
    (folder / "grounded_reports_20240819.json").write_text(json.dumps(reports, indent=1) + "\n")
    columns = "StudyID,ImageID,PatientID,PatientSex_DICOM,PatientAge,split,label"
    rows = [
        "S1,study_1.png,P1,F,71,train,cardiomegaly",
        "S1,study_1.png,P1,F,71,train,atelectasis",
        "S2,study_2.png,P1,F,72,train,Normal",
        "S3,study_3.png,P2,M,,test,pleural effusion",
        "S5,study_5.png,P3,M,50,validation,nodule",
        "S6,study_6.png,P4,M,50,validation,nodule",
    ]
    (folder / "master_table.csv").write_text("\n".join([columns, *rows]) + "\n")


if __name__ == "__main__":
    for write in (
        vqa_rad,
        covid_cxr,
        derm7pt,
        roco,
        vqa_med_2019,
        slake,
        openi,
        mimic_cxr,
        ham10000,
        medmnist,
        padchest_gr,
    ):
        write()
