import { expect, test } from "vitest";
import { requestClass } from "./request-class";

test.each([
  ["GET", "/t/luma/explore?q=/api/v1", "page"],
  ["GET", "/", "page"],
  ["GET", "/_next/static/a.js", "asset"],
  ["GET", "/api/metrics?x", "probe"],
  ["POST", "/api/auth/callback/credentials", "sign_in"],
  ["GET", "/api/v1/me", "api_read"],
  ["HEAD", "/api/v1/me", "api_read"],
  ["POST", "/api/v1/insights?team=luma", "api_write"],
])("%s %s is a request of the class %s", (method, url, name) => expect(requestClass(method, url)).toBe(name));
