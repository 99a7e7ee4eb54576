import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What tells a process from a later one with the same id: when it was started. Null when no such process runs. From
 * `/proc` where there is one (a slim container has no `ps`), else from `ps`.
 */
export async function processBirth(pid: number): Promise<string | null> {
	try {
		const stat = await readFile(`/proc/${pid}/stat`, "utf8");
		// The name in brackets may hold spaces; field 22 is the start time, field 3 is the first after the name.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return fields[0] === "Z" ? null : (fields[19] ?? null);
	} catch {
		return process.platform === "linux" ? null : await fromPs(pid, "lstart=");
	}
}

/** The command line of a running process, its arguments joined by spaces; empty when no such process runs. */
export async function commandLine(pid: number): Promise<string> {
	try {
		return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
	} catch {
		return process.platform === "linux" ? "" : ((await fromPs(pid, "command=")) ?? "");
	}
}

async function fromPs(pid: number, column: string): Promise<string | null> {
	try {
		return (await run("ps", ["-o", column, "-p", String(pid)])).stdout.trim() || null;
	} catch {
		return null;
	}
}
