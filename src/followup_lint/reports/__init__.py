"""How findings are shown: one module an output format."""
