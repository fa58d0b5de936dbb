"""One poller, many walls: answers the JSON API; knows no window and asks no call center itself."""
