"""Who has what share of a market? As CSV for a spreadsheet: shares.py ARTICLE…"""

import csv
import sys
from pathlib import Path

import kg

FOLDER = Path(__file__).parent


def main(paths: list[str]) -> None:
    answer = kg.read(paths).ask("market-shares")
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(answer.columns)
    sheet.writerows(answer)


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(map(str, FOLDER.glob("*.fr.txt"))))
