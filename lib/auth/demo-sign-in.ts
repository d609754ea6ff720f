import "server-only";
import { type Demo, runtime } from "@/lib/platform/runtime";
import { isOnThisMachine } from "./caller-address";

/** Whom to sign in as; the password for browsers on this very machine only: others may have found the port. */
export type DemoSignIn = { people: Demo["people"]; password: string | null };

/** @returns null where no demo was asked for */
export function demoSignIn(headers: Headers): DemoSignIn | null {
  const { demo } = runtime();
  return demo ? { people: demo.people, password: isOnThisMachine(headers) ? demo.password : null } : null;
}
