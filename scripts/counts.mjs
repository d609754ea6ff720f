import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {string} path
 * @returns {any} a runner's JSON report; an empty object when the runner ended before it wrote one
 */
export function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}

/**
 * @param {any} report of vitest's JSON reporter
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest({ numPassedTests = 0, numFailedTests = 0, testResults = [] }, exitCode) {
  // A file that could not even be loaded has no tests to fail.
  const broken = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  return counted(numPassedTests, numFailedTests + broken, exitCode);
}

/**
 * @param {any} report of Playwright's JSON reporter
 * @param {number} exitCode
 * @returns {Count}
 */
export function countPlaywright({ stats = {}, errors = [] }, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0 } = stats;
  return counted(expected, unexpected + flaky + errors.length, exitCode);
}

/**
 * A runner that ended badly, or ran nothing, without telling of a failure has failed as such.
 * @param {number} passed
 * @param {number} failed
 * @param {number} exitCode
 * @returns {Count}
 */
function counted(passed, failed, exitCode) {
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}
