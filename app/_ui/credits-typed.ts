/**
 * A number as a person typed it into a field: none when left empty, also with grouping ("1,000", "1 000"). Anything
 * else goes on as text, so that the route says what is wrong with it.
 */
export function creditsTyped(field: FormDataEntryValue | null): number | string | null {
  const typed = String(field ?? "").trim();
  if (typed === "") return null;
  const plain = /^\d{1,3}([, ]\d{3})+$/.test(typed) ? typed.replace(/[, ]/g, "") : typed;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : typed;
}
