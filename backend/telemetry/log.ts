import pino, { type Logger } from "pino";
import type { LogLevel } from "../env.ts";
import type { LogSink } from "./log-files.ts";

/**
 * JSON lines on stdout: time, level, message, ids and codes. No e-mail, name, token, address query or captured content
 * (OBS-1): rooms log what they name, never a request, a row or a person's object. `redact` is the net under that rule.
 *
 * @param destination where lines go; tests read them
 */
export function createLog(level: LogLevel, destination?: LogSink): Logger {
	const options: pino.LoggerOptions = {
		level,
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		redact: { paths: secretPaths, censor: "[redacted]" },
		serializers: { err: errorFacts, error: errorFacts, url: withoutQuery },
	};
	return destination === undefined ? pino(options) : pino(options, destination);
}

/** Writes lines to stdout, as ever, and hands them on. */
export function alsoToStdout(sink: LogSink): LogSink {
	const stdout = pino.destination(1);
	return {
		write: (line) => {
			stdout.write(line);
			sink.write(line);
		},
	};
}

const secretKeys = [
	"authorization",
	"cookie",
	"credential",
	"email",
	"fields",
	"firstName",
	"lastName",
	"name",
	"password",
	"refreshToken",
	"source",
	"title",
	"token",
];
const secretPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/**
 * An error's class, code and stack without its message: a driver's message quotes the value it disliked, which may be what
 * a person captured. Where it happened is enough to find it.
 */
function errorFacts(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { type: typeof error };
	const code = "code" in error ? error.code : undefined;
	return {
		type: error.name,
		...(typeof code === "string" ? { code } : {}),
		// A message may have lines of its own that look like places.
		at: (error.stack ?? "")
			.replace(error.message, "")
			.split("\n")
			.filter((line) => line.trimStart().startsWith("at "))
			.slice(0, 8)
			.map((line) => line.trim()),
	};
}

/** Queries carry what people looked at. */
function withoutQuery(url: unknown): string {
	return typeof url === "string" ? (url.split(/[?#]/)[0] ?? "") : "";
}
