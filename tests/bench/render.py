"""One cold export: `python -m tests.bench.render IN.json OUT.pdf`."""

import sys
from pathlib import Path

from plans.documents.canonical import from_json
from plans.documents.pdf import render

source, target = map(Path, sys.argv[1:3])
target.write_bytes(render(from_json(source.read_bytes())).pdf)
