"""Word vectors in files and in questions; the modes of other programs; the objectives side by side."""
