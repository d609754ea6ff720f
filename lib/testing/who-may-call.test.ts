import { expect, test } from "vitest";
import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { BY_TOKEN } from "@/lib/auth/permissions";
import { METHODS } from "@/lib/http/openapi";
import { TOKENS_MAY_CHANGE, WHO_MAY_CALL } from "./who-may-call";

test("every route stands once in the table of who may call, with the access that it declares", () => {
  const declared = ROUTES.flatMap(({ path, handlers }) =>
    METHODS.flatMap((method) => {
      const spec = handlers[method]?.spec;
      return spec ? [`${method} ${path}: ${spec.permission ?? spec.access}`] : [];
    }),
  );
  const listed = Object.entries(WHO_MAY_CALL).flatMap(([access, names]) => names.map((name) => `${name}: ${access}`));
  expect(listed.sort()).toEqual(declared.sort());
});

test("tokens may change what that table says, and nothing else", () => {
  expect([...BY_TOKEN].sort()).toEqual([...TOKENS_MAY_CHANGE].sort());
});
