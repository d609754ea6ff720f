"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the page's script runs already. Until then a press would be lost, so buttons wait for it. */
export const useAwake = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
