import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { constants, homedir, setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type BuildOutcome = "built" | "unchanged" | "failed" | "impossible";

const root = fileURLToPath(new URL("../../", import.meta.url));
const wxt = join(root, "node_modules", "wxt", "bin", "wxt.mjs");
const fingerprintFile = join(root, "dist", "built-from");

/** What a browser is to load. */
export const extensionFolder = join(root, "dist", "chrome-mv3");

/**
 * Builds the extension into `dist/`, unless it was built from the same files for the same server. In a process of its own at a
 * low priority: the API is ready before it and must stay quick. `impossible`: the build tools were not installed.
 *
 * @param publicUrl the server that the build talks to until a person sets another
 */
export async function buildExtension(publicUrl: string, signal: AbortSignal): Promise<BuildOutcome> {
	if (!(await exists(wxt))) return "impossible";
	const fingerprint = await fingerprintOf(publicUrl);
	const built = await readFile(fingerprintFile, "utf8").catch(() => "");
	if (built === fingerprint && (await exists(join(extensionFolder, "manifest.json")))) return "unchanged";
	// The build needs none of our settings, and its plugins are to see no secret.
	const env = { SHEAF_PUBLIC_URL: publicUrl, HOME: homedir(), PATH: "/usr/local/bin:/usr/bin:/bin" };
	const child = spawn(process.execPath, [wxt, "build"], { cwd: root, env, stdio: "ignore", signal });
	if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
	const code = await once(child, "exit").then(
		([status]: unknown[]) => status,
		() => null,
	);
	if (code !== 0) return "failed";
	await writeFile(fingerprintFile, fingerprint);
	return "built";
}

/** SHA-256 over the names and contents of everything that goes into a build. */
async function fingerprintOf(publicUrl: string): Promise<string> {
	const hash = createHash("sha256").update(publicUrl);
	const inputs = ["wxt.config.ts", "package.json", "package-lock.json", "tsconfig.json"];
	for (const room of ["extension", "backend/contract"]) {
		for (const entry of await readdir(join(root, room), { recursive: true, withFileTypes: true })) {
			if (entry.isFile()) inputs.push(join(entry.parentPath, entry.name).slice(root.length));
		}
	}
	for (const path of inputs.toSorted()) hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
	return hash.digest("hex");
}

async function exists(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null)) !== null;
}
