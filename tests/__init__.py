"""The tests, as packages, so that modules of the same name can stand in different folders."""
