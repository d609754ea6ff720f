import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSecrets } from "./secrets";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nichebook-secrets-"));
  path = join(folder, "secrets.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = () => statSync(path).mode & 0o777;

test("secrets are made once, all different, in a file that only its owner reads", () => {
  const made = openSecrets(folder, false);
  expect(new Set(Object.values(made)).size).toBe(4);
  expect(mode()).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["secrets.json"]);
  expect(openSecrets(folder, true)).toEqual(made);
});

test("a file that others could read is closed to them", () => {
  openSecrets(folder, false);
  chmodSync(path, 0o644);
  openSecrets(folder, false);
  expect(mode()).toBe(0o600);
});

test("secrets that are lost beside their database, or damaged, are never made anew", () => {
  expect(() => openSecrets(folder, true)).toThrow("put it back from a backup");
  writeFileSync(path, '{"appSecret":"short"}');
  expect(() => openSecrets(folder, true)).toThrow("is damaged");
  expect(() => openSecrets(folder, false)).toThrow("is damaged");
});
