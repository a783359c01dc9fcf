<<<<<<< HEAD
"""Marked articles to the reader's weights, by PyTorch; nothing else of `kg` imports it."""
=======
"""What learns."""
>>>>>>> main
