"""The tests, as packages, so that modules of the same name can stand in different folders."""

import os

# With lxml, which python-docx brings, openpyxl writes signs such as emoji as character references. SheetJS cuts
# them to 16 bits when it reads them, and then the tests would show SheetJS's fault and not ours.
os.environ["OPENPYXL_LXML"] = "False"
