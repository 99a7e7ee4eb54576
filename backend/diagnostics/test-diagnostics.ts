import type { DiagnosticsRequest, OtlpAttributes } from "../contract/diagnostics.ts";

type Values = Readonly<Record<string, number | string>>;

const attributesOf = (values: Values): OtlpAttributes =>
	Object.entries(values).map(([key, value]) => ({
		key,
		value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
	}));

/** The extension that the requests of tests are of. */
export const testClient = { version: "1.2.3", browser: "firefox", major: 153 } as const;

/** A request as an extension makes it (`extension/diagnostics/otlp-logs.ts`), of that many pages that were drawn. */
export function testDiagnostics(...drawnMs: readonly number[]): DiagnosticsRequest {
	const logRecords = drawnMs.map((ms) => ({
		timeUnixNano: `${Date.now()}000000`,
		severityNumber: 9,
		eventName: "page.drawn",
		attributes: attributesOf({ context: "popup", ms }),
	}));
	const { version, browser, major } = testClient;
	const resource = { "service.name": "sheaf-extension", "service.version": version };
	const attributes = attributesOf({ ...resource, "browser.name": browser, "browser.major": major });
	return { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ scope: { name: "sheaf" }, logRecords }] }] };
}
