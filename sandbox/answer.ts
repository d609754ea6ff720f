import { randomUUID } from "node:crypto";

/** One answer as it goes on the wire, and whether the source charges for it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  charged: boolean;
  /** "none": the connection ends before any byte; "half": after half of the body. */
  delivery: "whole" | "half" | "none";
  waitMs: number;
}

/** Answers JSON with HTTP 200. The envelope's `requestId` is new unless one is given. */
export function envelope(
  content: { code: number | string; message: string; data: unknown; requestId?: string },
  charged: boolean,
): Answer {
  return json(200, { ...content, requestId: content.requestId ?? randomUUID() }, charged);
}

/** The answer with code 0: charged, whatever `data` is. */
export function success(data: unknown, requestId?: string): Answer {
  return envelope({ code: 0, message: "success", data, requestId }, true);
}

/** An error as documented: the status is repeated as `code`, there is no `requestId`, nothing is charged. */
export function failure(status: number, message: string): Answer {
  return json(status, { code: status, message, data: null }, false);
}

function json(status: number, content: unknown, charged: boolean): Answer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: JSON.stringify(content), charged, delivery: "whole", waitMs: 0 };
}
