import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Where a log's lines go, one call a line. */
export type LogSink = { write(line: string): void };
export type LogFiles = LogSink & { close(): void };

const form = /^sheaf-(\d{4}-\d{2}-\d{2})\.log$/;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * A file a day (UTC), those of earlier days deleted when they are old enough (OBS-1). Several processes may share the directory: a line is
 * one appending write. A disk that is full costs lines, and never the request that is logged.
 *
 * @param days how many days are kept, today among them
 * @param now milliseconds since the epoch; tests move it
 */
export function openLogFiles(
	{ directory, days }: { directory: string; days: number },
	now: () => number = Date.now,
): LogFiles {
	let open: { day: string; file: number } | null = null;
	const turn = () => {
		const day = dayOf(now());
		if (open?.day === day) return open.file;
		if (open !== null) closeSync(open.file);
		open = null;
		// The lines tell who worked when, if only by pseudonym: for the account that runs Sheaf alone.
		mkdirSync(directory, { recursive: true, mode: 0o700 });
		open = { day, file: openSync(join(directory, `sheaf-${day}.log`), "a", 0o600) };
		return open.file;
	};
	const forget = () => {
		const oldest = dayOf(now() - (days - 1) * dayMs);
		for (const name of readdirSync(directory)) {
			const [, day] = form.exec(name) ?? [];
			if (day !== undefined && day < oldest) rmSync(join(directory, name), { force: true });
		}
	};
	// A process with nothing to say must not keep old lines for that.
	const timer = setInterval(() => quietly(forget), hourMs);
	timer.unref();
	turn();
	forget();
	return {
		write: (line) => {
			quietly(() => {
				const day = open?.day;
				writeSync(turn(), line);
				if (open?.day !== day) forget();
			});
		},
		close: () => {
			clearInterval(timer);
			if (open !== null) closeSync(open.file);
			open = null;
		},
	};
}

function dayOf(atMs: number): string {
	return new Date(atMs).toISOString().slice(0, 10);
}

/** Stdout still has the line; there is no other place left to complain in. */
function quietly(work: () => void): void {
	try {
		work();
	} catch {
		// See above.
	}
}
