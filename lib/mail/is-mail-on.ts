import "server-only";
import { smtp } from "@/lib/platform/env";

/** Whether mails leave this installation, or wait for the operator. */
export const isMailOn = () => smtp() !== null;
