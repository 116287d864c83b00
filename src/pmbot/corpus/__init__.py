"""Files to documents, documents to sentences, sentences to chunks. Later formats are readers beside the present two."""
