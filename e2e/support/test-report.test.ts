import { describe, expect, test } from "bun:test";
import { readJunit, readPlaywright } from "./test-report.ts";

describe("the closing line counts what really happened", () => {
	test("passed, failed and skipped cases of Bun's report", () => {
		const report = readJunit(`<testsuites name="bun test" tests="3"><testsuite name="a">
			<testcase name="one &amp; all" classname="x" time="0.1" file="a.test.ts" />
			<testcase name="two" file="a.test.ts"><failure type="AssertionError" message="expected &lt;1&gt;" /></testcase>
			<testcase name="three" file="a.test.ts"><skipped /></testcase>
		</testsuite></testsuites>`);
		expect(report).toEqual({
			passed: 1,
			failures: [{ name: "a.test.ts: two", message: "expected <1>" }],
			skipped: ["a.test.ts: three"],
		});
	});

	test("a browser test that passed only at the second try has failed", () => {
		const spec = (title: string, status: string, more = {}) => ({
			title,
			file: "a.spec.ts",
			tests: [{ status, results: [{ error: { message: "boom" } }], ...more }],
		});
		const skipped = { annotations: [{ type: "skip", description: "no screen" }] };
		const report = readPlaywright(
			JSON.stringify({
				errors: [],
				suites: [
					{ title: "a", specs: [spec("one", "expected")], suites: [{ title: "b", specs: [spec("two", "flaky")] }] },
					{ title: "c", specs: [spec("three", "unexpected"), spec("four", "skipped", skipped)] },
				],
			}),
		);
		expect(report.passed).toBe(1);
		expect(report.failures.map(({ name }) => name)).toEqual(["a.spec.ts: two", "a.spec.ts: three"]);
		expect(report.skipped).toEqual(["a.spec.ts: four (no screen)"]);
	});

	test("an error outside every test is a failure", () => {
		const report = readPlaywright(JSON.stringify({ errors: [{ message: "no browser" }], suites: [] }));
		expect(report.failures).toEqual([{ name: "playwright", message: "no browser" }]);
	});
});
