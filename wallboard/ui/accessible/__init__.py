"""What is painted, told in words to those who listen: parts, their places, and news."""
