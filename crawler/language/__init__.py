"""Letters, words and stems as they are compared; Albanian first (pure)."""
