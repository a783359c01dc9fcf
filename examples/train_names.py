"""Train the French name finder, or score it beside the stock model: `make train DATA=winer_fr`."""

import argparse
import logging
import sys
from pathlib import Path

from kg.errors import KgError
from kg.rules.weights import weights_path
from kg.training.names import LANG, score_names, train_names, write_scores


def main() -> None:
    """Train on a corpus, or with --score only score, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="WiNER-fr: YEAR/MONTH/NAME.txt and NAME.ann")
    parser.add_argument("--score", action="store_true", help="score the weights; train nothing")
    parser.add_argument("--output", type=Path, default=weights_path(LANG), help="the weights")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        if not options.score:
            train_names(options.data, options.output)
        print(write_scores(score_names(options.data, options.output)), end="")
    except KgError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
