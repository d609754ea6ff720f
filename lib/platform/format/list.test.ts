import { expect, test } from "vitest";
import { listed, remarked } from "./list";

test("words are told apart in every language", () => {
  expect(listed(["英国", "德国", "美国"], "zh-CN")).toBe("英国、德国、美国");
  expect(listed(["Germany", "Italy"], "en")).toBe("Germany, Italy");
});

test("remarks stand in one line, and a sentence ends once", () => {
  expect(remarked(["4 days", false, "No currency.", null, "gaps"])).toBe("4 days · No currency. gaps");
  expect(remarked(["4 天", "未说明币种。", "空缺"])).toBe("4 天 · 未说明币种。空缺");
  expect(remarked([false, null, ""])).toBe("");
});
