import { existsSync } from "node:fs";
import { builtExtension } from "../support/paths.ts";
import { installed, runCommand } from "../support/run-command.ts";

/** The figures are those of the artefact people load, so it is built anew. */
export async function ensureExtensionIsBuilt(): Promise<void> {
	const { code, output } = await runCommand([installed("wxt"), "build"]);
	if (code !== 0 || !existsSync(builtExtension)) throw new Error(`The extension could not be built:\n${output}`);
}
