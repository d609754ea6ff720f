import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { Visitor } from "@/lib/auth/caller-address";
import type { TeamContext } from "@/lib/auth/context";
import type { Permission } from "@/lib/auth/permissions";
import type { Cookie } from "@/lib/auth/session-token";
import type { Account } from "@/lib/auth/sessions";
import type { Locale } from "@/lib/i18n/locale";
import type { ErrorCode } from "@/lib/platform/errors";

/** What every `run` is told of the call besides its parsed input. */
export type Call = {
  readonly request: NextRequest;
  readonly visitor: Visitor;
  readonly locale: Locale;
  /** What a table is saved as; see `asWorkbook`. */
  readonly as: "csv" | "xlsx";
  /** From the header, on routes that can spend. */
  readonly idempotencyKey: string | null;
  /** Answers with a cookie. */
  readonly setCookie: (cookie: Cookie) => void;
};

/** Which of `permission`, `account` and `public` was declared decides who `run` is told of. */
type Asker<P, A, Optional> = P extends Permission
  ? Optional extends true
    ? { readonly userId: string; readonly ctx: TeamContext | null }
    : { readonly userId: string; readonly ctx: TeamContext }
  : A extends true
    ? { readonly account: Account }
    : unknown;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<never, never>;

export type Declaration<P, A, U, Optional, Params, Query, Body, Response> = {
  /** What it does, for the API's description. */
  readonly summary: string;
  readonly description?: string;
  /** A call on behalf of a team, by a role that has this permission. */
  readonly permission?: P;
  /** With `permission`: a signed-in browser may leave the team out. */
  readonly teamOptional?: Optional;
  /** A call of a signed-in person, for no team. Tokens are refused. */
  readonly account?: A;
  /** A call of anybody. */
  readonly public?: U;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Of what `run` returns, only the fields named here leave the application. Null: nothing does. */
  readonly response: Response;
  /** Media type of an answer that is no JSON: with `response: null`, `run` then returns the answer itself. */
  readonly file?: string;
  /** 200, or 204 without a response. */
  readonly status?: 200 | 201 | 202 | 204;
  /** It can cost credits: takes an `Idempotency-Key`. */
  readonly spends?: boolean;
  /** A body may be as large; 64 KB when left out. */
  readonly maxBodyBytes?: number;
  /** A body with `dryRun: true` only asks what it would cost: then it answers with status 200. */
  readonly dryRuns?: boolean;
  /** What it would create may be there already: then it answers with that and status 200, told by `isNew`. */
  readonly findsExisting?: boolean;
  /** Codes of its own, beside those that follow from the rest of the declaration. */
  readonly errors?: readonly ErrorCode[];
  readonly run: (
    input: Asker<P, A, Optional> & {
      readonly params: Parsed<Params>;
      readonly query: Parsed<Query>;
      readonly body: Parsed<Body>;
      readonly call: Call;
    },
  ) => Response extends z.ZodType ? Promise<z.input<Response>> : Promise<void> | Promise<globalThis.Response>;
};

/** A declaration as the description of the API reads it. */
export type RouteSpec = {
  readonly summary: string;
  readonly description: string | null;
  readonly access: "public" | "account" | "team";
  readonly permission: Permission | null;
  readonly teamOptional: boolean;
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType | null;
  readonly file: string | null;
  readonly status: number;
  readonly spends: boolean;
  readonly maxBodyBytes: number | undefined;
  readonly dryRuns: boolean;
  readonly findsExisting: boolean;
  readonly errors: readonly ErrorCode[];
};

export type ApiRoute = {
  (
    request: NextRequest,
    context: { params: Promise<Record<string, string | string[] | undefined>>; as?: "xlsx" },
  ): Promise<Response>;
  readonly spec: RouteSpec;
};
