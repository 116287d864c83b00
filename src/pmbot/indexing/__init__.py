"""From documents to something that can be asked: snapshots of an indexed corpus, and what changed between two."""
