"""Check types: mechanisms without words. Each module's `Check` is a frozen dataclass whose fields are its options."""
