import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtExtension, testResults } from "./paths.ts";

/**
 * The built extension as it is once somebody has allowed these sites: nobody can press the browser's own question in a test, so what it
 * would grant stands in the manifest.
 */
export function allowedExtension(sites: readonly string[]): { folder: string; remove: () => void } {
	const folder = `${testResults}/allowed-extension-${process.pid}`;
	cpSync(builtExtension, folder, { recursive: true });
	const path = `${folder}/manifest.json`;
	const manifest = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
	// A match pattern has no port.
	const hosts = sites.map((site) => `${new URL(site).protocol}//${new URL(site).hostname}/*`);
	writeFileSync(path, JSON.stringify({ ...manifest, host_permissions: hosts }));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
