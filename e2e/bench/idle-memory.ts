import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProcess } from "../support/child-process.ts";
import { freePort } from "../support/free-port.ts";
import { installed } from "../support/run-command.ts";
import { waitUntil } from "../support/wait-until.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";

/** What a self-hoster's machine holds when nobody does anything: the backend, and its PostgreSQL beside it. */
export const idleMemory: Measurement = {
	name: "idle-memory",
	measure: async (): Promise<Figure[]> => {
		const dataDir = mkdtempSync(join(tmpdir(), "sheaf-idle-"));
		const port = await freePort();
		const backend = startProcess({
			command: [installed("bun"), "backend/main.ts"],
			logName: "bench-idle",
			env: {
				SHEAF_PORT: String(port),
				SHEAF_DATA_DIR: dataDir,
				SHEAF_PUBLIC_URL: `http://localhost:${port}`,
				SHEAF_PRACTICE_PORT: "off",
				DATABASE_URL: undefined,
				REDIS_URL: undefined,
			},
		});
		try {
			await waitUntil("the backend", async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, {
				timeoutMs: 60_000,
			});
			const settled = await settledMemory(backend.pid);
			return [
				figure({
					id: "idle-memory",
					title: "Idle backend's memory (API and workers, without PostgreSQL)",
					unit: "MiB",
					rounds: settled.map(({ backend: own }) => own),
					details: { "with PostgreSQL and helpers": `${Math.round(settled.at(-1)?.all ?? 0)} MiB` },
				}),
			];
		} finally {
			await backend.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	},
};

type Memory = { backend: number; all: number };

/** Proportional set sizes, so that memory shared between PostgreSQL's processes counts once. */
async function settledMemory(pid: number): Promise<Memory[]> {
	const seen: Memory[] = [];
	await waitUntil(
		"the backend's memory to settle",
		() => {
			const all = [pid, ...descendants(pid)].reduce((sum, process) => sum + proportionalMiB(process), 0);
			seen.push({ backend: proportionalMiB(pid), all });
			const [first, last] = [seen.at(-5), seen.at(-1)];
			return first && last && Math.abs(first.backend - last.backend) / last.backend < 0.02;
		},
		{ everyMs: 1_000, timeoutMs: 60_000 },
	);
	return seen.slice(-5);
}

function descendants(pid: number): number[] {
	const children = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
		.map(Number);
	return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: string): number {
	try {
		const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "";
		return Number(afterName.split(" ")[1]);
	} catch {
		return -1;
	}
}

function proportionalMiB(pid: number): number {
	try {
		const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
		return Number(kilobytes ?? 0) / 1_024;
	} catch {
		return 0;
	}
}
