"use client";
import dynamic from "next/dynamic";
import type { AskedPrice } from "./use-spend";

const ConfirmSpendDialog = dynamic(() => import("./confirm-spend-dialog").then((file) => file.ConfirmSpendDialog), {
  ssr: false,
});

type Props = { asked: AskedPrice | null; decide: (goesOn: boolean) => void };

/** Asks once more before a purchase above the amount that the team has set; loaded when there is something to ask. */
export const ConfirmSpend = ({ asked, decide }: Props) => asked && <ConfirmSpendDialog asked={asked} decide={decide} />;
