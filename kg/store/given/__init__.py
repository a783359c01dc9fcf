"""RDF that others wrote: told from its name or content, unpacked, read with what is right."""
