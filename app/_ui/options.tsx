"use client";
import { useMemo } from "react";

export type Option = { code: string; name: string };

/** The choices of a long list, from `Option[]` as JSON: React takes one text as it is, and visits each of many elements. */
export function Options({ optionsJson }: { optionsJson: string }) {
  const options = useMemo(() => JSON.parse(optionsJson) as Option[], [optionsJson]);
  return options.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}
