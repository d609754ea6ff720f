/** Words one after another: Intl puts nothing at all between them in Chinese where it is no sentence. */
export const listed = (words: readonly string[], locale: string): string =>
  locale.startsWith("zh") ? words.join("、") : new Intl.ListFormat(locale, { type: "unit" }).format(words);

/** Remarks in one line, what is missing left out; after a whole sentence no dot stands a second time. */
export const remarked = (remarks: readonly (string | false | null)[]): string =>
  remarks
    .filter((remark) => typeof remark === "string" && remark !== "")
    .reduce<string>((line, remark) => {
      if (line === "") return `${remark}`;
      return `${line}${line.endsWith("。") ? "" : line.endsWith(".") ? " " : " · "}${remark}`;
    }, "");
