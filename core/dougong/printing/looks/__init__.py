"""How a company wants its papers: their words, size, margins, which comes first."""
