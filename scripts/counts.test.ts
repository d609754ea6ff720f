import { expect, test } from "vitest";
import { countPlaywright, countVitest, readReport } from "./counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((state) => ({ status: state })),
});

test("tests are counted as the runners report them", () => {
  const report = { numPassedTests: 3, numFailedTests: 2, testResults: [file("failed", "failed", "failed", "passed")] };
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 2 });
  expect(countPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [] }, 1)).toEqual({
    passed: 5,
    failed: 2,
  });
});

test("a test file that could not be loaded counts as failed beside the tests of others", () => {
  const report = { numPassedTests: 3, numFailedTests: 0, testResults: [file("passed", "passed"), file("failed")] };
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1 });
});

test("a runner that ended before its report, or ran nothing, has failed", () => {
  const missing = readReport("/nowhere/report.json");
  expect(countVitest(missing, 1)).toEqual({ passed: 0, failed: 1 });
  expect(countVitest(missing, 0)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(missing, 0)).toEqual({ passed: 0, failed: 1 });
  expect(countVitest({ numPassedTests: 9, numFailedTests: 0, testResults: [] }, 1)).toEqual({ passed: 9, failed: 1 });
});
