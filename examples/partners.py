"""Who works with whom, and where is it written? partners.py ARTICLE…"""

import sys
from pathlib import Path

import kg

FOLDER = Path(__file__).parent


def main(paths: list[str]) -> None:
    for reading in kg.read(paths):
        for fact in reading.facts:
            if fact.property == "partnerOf":
                begin, end = fact.evidence[0]
                print(f"{fact.subject.name} + {fact.object.name} ({fact.modality})")
                print(f"    {reading.article.name}: {reading.article.text[begin:end]}")


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(map(str, FOLDER.glob("*.fr.txt"))))
