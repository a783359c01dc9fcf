"""Many articles at once: in processes of one machine, or on a cluster."""
