"""Text to sentences, tokens and terms; nothing here knows of documents, files (word lists apart) or search."""
