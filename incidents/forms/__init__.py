"""What is asked, and in which words. What happens with the answers is the records' business."""
