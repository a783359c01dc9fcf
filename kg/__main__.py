"""The command `kg` from its first moment: Ctrl-C while it is loaded is a line, too."""

from __future__ import annotations

import os


def main() -> None:
    """Load the command line and run it."""
    try:
        from kg.cli import main as run_line  # a second, where the disk is cold

        run_line()
    except KeyboardInterrupt:
        os.write(2, b"kg: interrupted\n")
        os._exit(130)


if __name__ == "__main__":
    main()
