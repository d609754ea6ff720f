import { z } from "zod";
import { apiRoute } from "@/lib/http/api-route";
import { openApiDocument } from "@/lib/http/openapi";
import { ROUTES } from "./routes";

export const GET = apiRoute({
  summary: "The description of this API, made from the declarations that validate",
  public: true,
  response: z.record(z.string(), z.unknown()),
  run: async () => openApiDocument(ROUTES),
});
