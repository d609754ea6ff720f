import { noteViolation } from "@/lib/http/csp-report";

export const dynamic = "force-dynamic";

/** Where browsers report what a page's policy made them refuse. */
export const POST = noteViolation;
