"""How long we keep what, counted from what, and why. Each room says it of its own records (`between.retention_classes`).

Nothing is ever destroyed by itself: the periods are a schedule that people read and decide by.
"""
