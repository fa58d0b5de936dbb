"""Ways out of an alert to people who do not look: mail, webhooks, other people's services.

What is to be told is handed in; nothing here decides what an alert is, and nothing draws.
"""
