"""Examples are somebody else's packages: their tests run where they are installed.

`tests/test_examples.py` builds them as wheels, installs them into a fresh environment and runs
them there; here they are left out unless they are installed.
"""

from importlib.util import find_spec

collect_ignore_glob = [
    f"{name}/*" for name in ("rental", "pos") if find_spec(f"dougong_{name}") is None
]
