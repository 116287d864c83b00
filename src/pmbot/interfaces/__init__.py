"""Ways to talk with pmbot. An interface reads, asks, renders and writes; it computes no answers."""
