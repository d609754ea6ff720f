import { readXlsx } from "hucre/xlsx";

/**
 * The first sheet of a workbook as lines with tabs. A cell shown in per cent is kept as a share (0.019): it is written as
 * it is shown, "1.9%", as a date is.
 */
export async function workbookText(bytes: Uint8Array): Promise<string> {
  const [first] = (await readXlsx(bytes, { readStyles: true })).sheets;
  return (first?.rows ?? [])
    .map((row, nth) =>
      row.map((cell, at) => cellText(cell, first?.cells?.get(`${nth},${at}`)?.style?.numFmt)).join("\t"),
    )
    .join("\n");
}

function cellText(cell: unknown, format = ""): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === "number" && format.includes("%")) return `${Number((cell * 100).toPrecision(12))}%`;
  return String(cell ?? "").replace(/[\t\r\n]+/g, " ");
}
