"""`python3 run.py bench [pdf] [web] [cycle] [--rounds N]`: ratios taken side by side."""

from __future__ import annotations

import argparse

from .timing import machine


def main() -> None:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument(
        "what", nargs="*", choices=[[], "pdf", "web", "cycle"], default=[]
    )
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"machine: {machine()}; medians of {options.rounds} turns (min - max)")
    if "web" in options.what or not options.what:
        from . import web

        web.measure(options.rounds)
    if "cycle" in options.what or not options.what:
        from . import cycle

        cycle.measure(options.rounds)
    if "pdf" in options.what or not options.what:
        from . import pdf

        pdf.measure(options.rounds)


if __name__ == "__main__":
    main()
