import { spawn } from "node:child_process";
import { once } from "node:events";
import { findProgram } from "./find-browser.ts";

/** A screen that nobody sees, with a number of its own. */
export type Display = { name: string; close(): Promise<void> };

export const screenSize = { width: 1_280, height: 900 };

/** Whether real gestures are possible here; where not, the tests that need them say so. */
export const hasHands = (): boolean => findProgram("Xvfb") !== null && findProgram("xdotool") !== null;

/** Xvfb chooses a free number itself (`-displayfd`): fixed numbers collide between workers. */
export async function openDisplay(): Promise<Display> {
	const child = spawn(
		"Xvfb",
		["-displayfd", "3", "-screen", "0", `${screenSize.width}x${screenSize.height}x24`, "-nolisten", "tcp"],
		{ stdio: ["ignore", "ignore", "ignore", "pipe"] },
	);
	const pipe = child.stdio[3];
	if (!pipe) throw new Error("Xvfb has no pipe to say its number on.");
	const [number] = (await once(pipe, "data")) as [Buffer];
	return {
		name: `:${number.toString().trim()}`,
		close: async () => {
			const exited = once(child, "exit");
			child.kill("SIGTERM");
			await exited;
		},
	};
}
