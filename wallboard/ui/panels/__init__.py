"""The parts of a page, each painted as one widget. They remember only what they last painted."""
