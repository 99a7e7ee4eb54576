import { isIP } from "node:net";
import { resolve } from "node:path";
import type { Reader } from "./env-reader.ts";

/** What whoever runs Sheaf says about watching it. */
export type OperatingEnv = {
	/** The interface that is listened on; a container has to be reached from outside of itself. */
	host: string;
	/** Where a worker, which serves nothing else, answers `/healthz`, `/readyz` and `/metrics`; null for nowhere. */
	workerPort: number | null;
	/** Log lines are kept in files of a day each as well as written to stdout; null for stdout alone. */
	logFiles: { directory: string; days: number } | null;
	/** Where spans are sent by OTLP/HTTP; null and there are none. */
	traces: TracesEnv | null;
};

export type TracesEnv = {
	/** Of the collector, without `/v1/traces`. */
	url: string;
	/** Sent along; may hold a secret. */
	headers: Readonly<Record<string, string>>;
	/** Between 0 and 1: the share of captures that are followed. */
	ratio: number;
};

/** OBS-1: not so short that a problem of last weekend is gone, and not longer than people were told. */
const logDays = { least: 7, most: 14 };

export function parseOperatingEnv(
	read: Reader,
	{ workingDirectory, problems }: { workingDirectory: string; problems: string[] },
): OperatingEnv {
	const directory = read.text("SHEAF_LOG_DIR");
	const days = wholeNumber(read, "SHEAF_LOG_DAYS", logDays.most);
	if (days === null || days < logDays.least || days > logDays.most) {
		problems.push(`SHEAF_LOG_DAYS must be a number of days from ${logDays.least} to ${logDays.most}.`);
	}
	const host = read.text("SHEAF_HOST") ?? "127.0.0.1";
	if (isIP(host) === 0) problems.push("SHEAF_HOST must be the IP address of an interface, as in 0.0.0.0.");
	return {
		host,
		workerPort: read.text("SHEAF_WORKER_PORT") === null ? null : read.port("SHEAF_WORKER_PORT", 0),
		logFiles:
			directory === null ? null : { directory: resolve(workingDirectory, directory), days: days ?? logDays.most },
		traces: traces(read, problems),
	};
}

/** The names are OpenTelemetry's own (specification, "OTLP exporter configuration"). */
function traces(read: Reader, problems: string[]): TracesEnv | null {
	if (read.text("OTEL_EXPORTER_OTLP_ENDPOINT") === null) return null;
	const ratio = Number(read.text("OTEL_TRACES_SAMPLER_ARG") ?? 1);
	if (!(ratio >= 0 && ratio <= 1)) problems.push("OTEL_TRACES_SAMPLER_ARG must be a share between 0 and 1.");
	const headers = (read.text("OTEL_EXPORTER_OTLP_HEADERS") ?? "").split(",").filter((pair) => pair.trim() !== "");
	if (headers.some((pair) => !/^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+=/.test(pair))) {
		problems.push("OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs separated by commas.");
	}
	return {
		url: read.url("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
		headers: Object.fromEntries(headers.map(headerOf)),
		ratio,
	};
}

/** Values are percent-encoded, as the specification says. */
function headerOf(pair: string): [string, string] {
	const at = pair.indexOf("=");
	const value = pair.slice(at + 1).trim();
	return [pair.slice(0, at).trim().toLowerCase(), /%[0-9A-Fa-f]{2}/.test(value) ? decodeURIComponent(value) : value];
}

function wholeNumber(read: Reader, name: string, fallback: number): number | null {
	const text = read.text(name);
	if (text === null) return fallback;
	return /^\d{1,4}$/.test(text) ? Number(text) : null;
}
