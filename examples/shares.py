"""Who has what share of a market? As CSV for a spreadsheet: shares.py ARTICLE…"""

import csv
import sys
from pathlib import Path

import kg

FOLDER = Path(__file__).parent


def main(paths: list[str]) -> None:
    graph = kg.build_graph(kg.read_each(kg.read_articles(paths)))
    answer = kg.run_query(graph, "market-shares")
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(answer.vars)
    sheet.writerows(answer)


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(map(str, FOLDER.glob("*.fr.txt"))))
