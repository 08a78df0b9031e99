"""How long we keep what, counted from what, and why. Each room says it of its own records (`between.retention_classes`).

Nothing is ever destroyed by itself: the schedule proposes, two people agree, and a legal hold wins over both (decision 0433).
"""
