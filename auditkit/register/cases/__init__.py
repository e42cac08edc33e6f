"""The register of an audit of cases, made from a table that says which agency is on which case."""
