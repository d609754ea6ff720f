import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { beforeEach, expect, test, vi } from "vitest";
import { GET, POST } from "./route";

vi.mock("next-auth", () => ({ default: vi.fn() }));
vi.mock("@/lib/auth/next-auth", () => ({ authOptions: () => ({}) }));
beforeEach(() => {
  vi.mocked(NextAuth).mockReset();
});

const FORM = "application/x-www-form-urlencoded";
const params = (path: string) => ({ params: Promise.resolve({ nextauth: path.split("/") }) });
const post = (path: string, body: string, type = FORM) => {
  const headers = { "content-type": type, "accept-language": "en" };
  return POST(
    new NextRequest(`http://localhost:3000/api/auth/${path}?a=b`, { method: "POST", headers, body }),
    params(path),
  );
};

test("next-auth is given the request as it came", async () => {
  vi.mocked(NextAuth).mockImplementation(async (request: NextRequest) =>
    Response.json([request.method, request.nextUrl.search, request.headers.get("content-type"), await request.text()]),
  );
  const answer = await post("callback/credentials", "email=a&password=b");
  expect(await answer.json()).toEqual(["POST", "?a=b", FORM, "email=a&password=b"]);
  const csrf = await GET(new NextRequest("http://localhost:3000/api/auth/csrf"), params("csrf"));
  expect(await csrf.json()).toEqual(["GET", "", null, ""]);
});

test("a body of more than 64 KB is refused before next-auth sees it", async () => {
  const answer = await post("callback/credentials", `email=${"x".repeat(64 * 1024)}`);
  expect([answer.status, (await answer.json()).code]).toEqual([400, "invalid_request"]);
  expect(NextAuth).not.toHaveBeenCalled();
});

test("what signing in does not need is not there, above all what writes into the log", async () => {
  for (const path of ["_log", "verify-request", "toString"]) {
    expect((await post(path, '{"level":"error","code":"forged"}', "application/json")).status).toBe(404);
  }
  expect(NextAuth).not.toHaveBeenCalled();
});

test("JSON that is none is told so", async () => {
  vi.mocked(NextAuth).mockImplementation(async (request: NextRequest) => request.json());
  expect((await post("callback/credentials", "{", "application/json")).status).toBe(400);
});
