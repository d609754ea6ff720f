import type { ComponentProps } from "react";
import { TextField } from "./text-field";

type Props = Omit<ComponentProps<typeof TextField>, "type" | "defaultValue"> & { defaultValue: string | undefined };

/** A day. A date field cannot show what is no date: then it is one of text, so that nothing typed is lost. */
export function DateField({ defaultValue = "", ...field }: Props) {
  const type = defaultValue === "" || /^\d{4}-\d\d-\d\d$/.test(defaultValue) ? "date" : "text";
  return <TextField key={type} {...field} type={type} defaultValue={defaultValue} />;
}
