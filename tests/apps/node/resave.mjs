// Reads {"writer": "sheetjs" | "exceljs", "files": [[from, to], ...]} on standard input and saves each file again.

import { readFileSync, writeFileSync } from "node:fs";

const sheetjs = async (from, to) => {
  const { default: XLSX } = await import("xlsx");
  // Styles are asked for because dates are known by their number format.
  const book = XLSX.read(readFileSync(from), { cellNF: true, cellStyles: true });
  const bookType = to.slice(to.lastIndexOf(".") + 1);
  writeFileSync(to, XLSX.write(book, { type: "buffer", bookType: bookType === "xls" ? "biff8" : bookType }));
};

const exceljs = async (from, to) => {
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(from);
  // LibreOffice saves tables without a style, and ExcelJS can't write such a table.
  book.eachSheet((sheet) => sheet.getTables().forEach(({ table }) => (table.style ??= {})));
  await book.xlsx.writeFile(to);
};

const { writer, files } = JSON.parse(readFileSync(0, "utf8"));
const save = { sheetjs, exceljs }[writer];
for (const [from, to] of files) {
  await save(from, to);
}
