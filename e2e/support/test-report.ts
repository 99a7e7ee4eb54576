/** What one test runner answered, whichever it was. */
export type TestReport = {
	passed: number;
	failures: { name: string; message: string }[];
	skipped: string[];
};

export const emptyReport = (): TestReport => ({ passed: 0, failures: [], skipped: [] });

const unescapeXml = (text: string): string =>
	text
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&quot;", '"')
		.replaceAll("&apos;", "'")
		.replaceAll("&amp;", "&");

const attribute = (tag: string, name: string): string =>
	unescapeXml(tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? "");

/** Reads Bun's JUnit file. */
export const readJunit = (xml: string): TestReport => {
	const report = emptyReport();
	for (const match of xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
		const [, tag = "", body = ""] = match;
		const name = `${attribute(tag, "file")}: ${attribute(tag, "name")}`;
		if (body.includes("<skipped")) report.skipped.push(name);
		else if (/<(failure|error)\b/.test(body)) report.failures.push({ name, message: attribute(body, "message") });
		else report.passed += 1;
	}
	return report;
};

type PlaywrightTest = {
	status: "expected" | "unexpected" | "flaky" | "skipped";
	annotations?: { type: string; description?: string }[];
	results: { error?: { message?: string } }[];
};
type PlaywrightSuite = {
	title: string;
	file?: string;
	suites?: PlaywrightSuite[];
	specs?: { title: string; file: string; tests: PlaywrightTest[] }[];
};
type PlaywrightJson = { suites: PlaywrightSuite[]; errors: { message?: string }[] };

const addPlaywrightTest = (report: TestReport, name: string, test: PlaywrightTest): void => {
	if (test.status === "expected") {
		report.passed += 1;
	} else if (test.status === "skipped") {
		const reason = test.annotations?.find((annotation) => annotation.type === "skip")?.description ?? "no reason given";
		report.skipped.push(`${name} (${reason})`);
	} else {
		// A test that passes only at the second try is a failure: there are no retries here, so `flaky` never passes.
		const message = test.results.find((result) => result.error)?.error?.message ?? test.status;
		report.failures.push({ name, message });
	}
};

const addPlaywrightSuite = (report: TestReport, suite: PlaywrightSuite): void => {
	for (const spec of suite.specs ?? []) {
		for (const test of spec.tests) addPlaywrightTest(report, `${spec.file}: ${spec.title}`, test);
	}
	for (const inner of suite.suites ?? []) addPlaywrightSuite(report, inner);
};

/** Reads Playwright's JSON report; errors outside any test count as failures. */
export const readPlaywright = (json: string): TestReport => {
	const parsed = JSON.parse(json) as PlaywrightJson;
	const report = emptyReport();
	for (const error of parsed.errors) report.failures.push({ name: "playwright", message: error.message ?? "unknown" });
	for (const suite of parsed.suites) addPlaywrightSuite(report, suite);
	return report;
};
