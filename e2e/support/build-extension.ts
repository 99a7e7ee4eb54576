import { installed, runCommand } from "./run-command.ts";

/** Both artefacts that are tested, for Chromium and for Firefox. The first that fails ends it, with what it printed. */
export async function buildExtension(): Promise<{ code: number; output: string }> {
	const chromium = await runCommand([installed("wxt"), "build"]);
	return chromium.code === 0 ? await runCommand([installed("wxt"), "build", "-b", "firefox", "--mv3"]) : chromium;
}
