import { accessSync, constants, existsSync } from "node:fs";
import { chromium } from "playwright";
import { installed, runCommand } from "./run-command.ts";

const debianPackages = {
	chromium: "chromium",
	"firefox-esr": "firefox-esr",
	Xvfb: "xvfb",
	xdotool: "xdotool",
	"redis-server": "redis-server",
	// Reads the alert rules.
	promtool: "prometheus",
	// Stands before two versions.
	nginx: "nginx",
};
const systemChromiums = ["chromium", "chromium-browser"];

/** The first program of this name on the PATH, or null. */
export const findProgram = (name: string): string | null => {
	for (const folder of (process.env.PATH ?? "").split(":")) {
		const path = `${folder}/${name}`;
		try {
			accessSync(path, constants.X_OK);
			return path;
		} catch {
			// Not in this folder.
		}
	}
	return null;
};

/**
 * The browser that is tested: `SHEAF_CHROMIUM`, then a system Chromium, then the one Playwright downloaded. Branded
 * Chrome is not considered: it ignores `--load-extension`.
 */
export const findChromium = (): string | null => {
	const named = process.env.SHEAF_CHROMIUM;
	if (named) return named;
	for (const name of systemChromiums) {
		const path = findProgram(name);
		if (path) return path;
	}
	const downloaded = chromium.executablePath();
	return existsSync(downloaded) ? downloaded : null;
};

const missingPackages = (): string[] =>
	Object.entries(debianPackages)
		.filter(([program]) => (program === "chromium" ? !findChromium() : !findProgram(program)))
		.map(([, name]) => name);

const canInstallPackages = (): boolean => process.getuid?.() === 0 && findProgram("apt-get") !== null;

const installDebianPackages = async (packages: string[]): Promise<void> => {
	const env = { DEBIAN_FRONTEND: "noninteractive" };
	console.log(`Installing ${packages.join(", ")} with apt-get.`);
	await runCommand(["apt-get", "update"], { env });
	const result = await runCommand(["apt-get", "install", "--yes", "--no-install-recommends", ...packages], { env });
	if (result.code !== 0) console.log(`apt-get could not install them:\n${result.output.slice(-2_000)}`);
};

/**
 * Makes sure of a browser, and of the programs for real gestures and for the Redis tests where they can be installed.
 * Answers the browser's path; throws a sentence when there is none.
 */
export const ensureTestPrograms = async (): Promise<string> => {
	const missing = missingPackages();
	if (missing.length > 0 && canInstallPackages()) await installDebianPackages(missing);
	if (!findChromium()) await runCommand([installed("playwright"), "install", "chromium"], { echo: true });
	const path = findChromium();
	if (!path) throw new Error("No Chromium was found or could be installed. Set SHEAF_CHROMIUM to its path.");
	const still = missingPackages();
	if (still.length > 0) console.log(`Not installed here: ${still.join(", ")}. Tests that need them say so.`);
	return path;
};
