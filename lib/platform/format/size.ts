export type SizeUnit = "bytes" | "kb" | "mb";

/** A number of bytes in the unit that a reader takes in at a glance: 1,000 bytes are a KB; one decimal below 10. */
export function sizeOf(bytes: number): { unit: SizeUnit; value: number } {
  if (bytes < 1_000) return { unit: "bytes", value: bytes };
  // What would round to 1,000 KB is 1 MB.
  const unit = bytes < 999_500 ? "kb" : "mb";
  const value = bytes / (unit === "kb" ? 1_000 : 1_000_000);
  return { unit, value: value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value) };
}
