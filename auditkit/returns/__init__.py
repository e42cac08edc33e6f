"""The return path: a file that came back → whose it is → its answers, by key → findings → what counts."""
