"""Finding the chunks that share words with a question: the `Retriever` seam and what stands behind it."""
