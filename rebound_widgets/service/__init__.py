"""The desk service of a hub: keeps what people shared, and decides row by row who may read it."""
