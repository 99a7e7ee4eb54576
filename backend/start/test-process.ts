import { fileURLToPath } from "node:url";
import { freePort } from "../embedded/cluster.ts";

const mainFile = fileURLToPath(new URL("../main.ts", import.meta.url));

export type Settings = Record<string, string>;
export type TestProcess = Bun.Subprocess<"ignore", "pipe", "pipe">;

/** The whole backend as a process of its own, as `npm start` would start it but for what the settings say. */
export function startProcess(settings: Settings, args: string[] = [], main = mainFile): TestProcess {
	return Bun.spawn([process.execPath, main, ...args], {
		env: { NODE_ENV: "test", SHEAF_PRACTICE_PORT: "off", ...settings },
		stdin: "ignore",
		stdout: "pipe",
		stderr: "pipe",
	});
}

/** Less than the longest tests are given, so that these say what did not come. */
const untilMs = 100_000;

/** @throws what was waited for, as it is written, when it does not come */
export async function until(condition: () => Promise<boolean>): Promise<void> {
	const latest = performance.now() + untilMs;
	while (!(await condition())) {
		if (performance.now() > latest) throw new Error(`Waited ${untilMs / 1_000} s in vain for ${condition.toString()}`);
		await Bun.sleep(20);
	}
}

export const isReady = async (port: number) =>
	(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok ?? false;

/** Starts on a free port, or on one that was promised, and resolves when it is ready; rejects with what it said when it ended. */
export async function startReady(
	start: (port: number) => TestProcess,
	promised?: number,
): Promise<{ child: TestProcess; port: number }> {
	const port = promised ?? (await freePort());
	const child = start(port);
	await until(async () => child.exitCode !== null || (await isReady(port)));
	if (child.exitCode !== null) throw new Error(await new Response(child.stderr).text());
	return { child, port };
}
