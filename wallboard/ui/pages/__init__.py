"""Whole pages, each of which shows a board. No page knows another."""
