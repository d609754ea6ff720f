import { expect, test } from "vitest";
import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { METHODS } from "@/lib/http/openapi";
import { WHO_MAY_CALL } from "./who-may-call";

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
