"""The workbook that a recipient fills in: where everything stands, how it is built, who it belongs to."""
