"""Commands, one module each; `dougong.cli` lists them by their docstrings without importing them."""
