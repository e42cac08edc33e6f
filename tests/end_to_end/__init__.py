"""The main job as people meet it: real programs fill in, move about and re-save what we issue; then collate."""
