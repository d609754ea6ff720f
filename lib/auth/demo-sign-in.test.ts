import { afterEach, expect, test } from "vitest";
import { setRuntime } from "@/lib/platform/runtime";
import { demoSignIn } from "./demo-sign-in";

const plain = { databaseAppUrl: "", appSecret: "s".repeat(32), appSecretPrevious: null, sandboxUrl: null };
const people = [{ name: "Mia", email: "mia@demo.example", role: "owner" }];
const from = (address: string, host = "localhost:3000", direct = "yes") =>
  new Headers({ "x-nichebook-address": address, "x-nichebook-direct": direct, host });

afterEach(() => setRuntime(plain));

test("without the demo there is nobody to sign in as", () => {
  setRuntime(plain);
  expect(demoSignIn(from("127.0.0.1"))).toBeNull();
});

test("the demo's password is told on this machine only, by its own name and through no proxy", () => {
  setRuntime({ ...plain, demo: { password: "a demo password", people } });
  expect(demoSignIn(from("::ffff:127.0.0.1"))).toEqual({ people, password: "a demo password" });
  for (const stranger of [
    from("192.168.1.9"),
    from("127.0.0.1", "demo.evil.example"),
    from("127.0.0.1", "localhost:3000", "no"),
    new Headers({ host: "localhost:3000" }),
  ]) {
    expect(demoSignIn(stranger)).toEqual({ people, password: null });
  }
});
