"""Forms that are XML: documents of word processors, reports as agencies send them."""
