"""The portal: what a customer sees of his own documents, by a link or a log-in, and nothing else."""
