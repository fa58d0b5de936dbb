"""Charts of time, each painted by one widget, and what the page of the history makes of them."""
