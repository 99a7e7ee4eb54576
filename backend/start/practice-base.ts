import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { StartError } from "../errors.ts";

export type PracticeBase = { stop(): Promise<void> };

export type PracticeBaseOptions = {
	/** Where it is to listen, on loopback. */
	url: string;
	dataDir: string;
};

const program = fileURLToPath(new URL("../connectors/airtable/simulator/serve.ts", import.meta.url));

const attempts = 6;
const betweenAttemptsMs = 300;

/**
 * Starts the practice base as a process of its own: a person's first rows are kept in the data directory, and what it does
 * wrong cannot hurt us. It watches our process id and ends with us, however we end; the one of a run that was just killed may
 * hold the port for another moment, so a taken port is tried again.
 *
 * @throws StartError when its port stays taken
 */
export async function startPracticeBase(options: PracticeBaseOptions): Promise<PracticeBase> {
	let complaint = "";
	for (let attempt = 0; attempt < attempts; attempt++) {
		const started = await attemptStart(options);
		if (typeof started !== "string") return started;
		complaint = started.trim();
		await delay(betweenAttemptsMs);
	}
	throw new StartError(`${complaint} Set SHEAF_PRACTICE_PORT to a free port, or to "off" to do without it.`);
}

/** Answers what it complained about when it ended at once. */
async function attemptStart({ url, dataDir }: PracticeBaseOptions): Promise<PracticeBase | string> {
	const flags = ["--practice", "--port", new URL(url).port, "--state-file", join(dataDir, "practice-base.json")];
	const child = spawn(process.execPath, [program, ...flags, "--parent", String(process.pid)], {
		// A terminal's Ctrl-C goes to the whole group; what is being delivered to it should still arrive.
		detached: true,
		env: {},
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = once(child, "close");
	let complaint = "";
	child.stderr.on("data", (chunk: Buffer) => {
		complaint += chunk.toString();
	});
	const outcome = await Promise.race([once(child.stdout, "data").then(() => "ready"), ended.then(() => "ended")]);
	if (outcome === "ended") return complaint;
	return {
		stop: async () => {
			child.kill("SIGTERM");
			await ended;
		},
	};
}
