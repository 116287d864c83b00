"""Looks at the knowledge before anybody asks: what cannot be read, what stands twice, what contradicts itself."""
