import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { builtExtension, inRepository } from "../support/paths.ts";
import { installed, runCommand } from "../support/run-command.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";

const popupGoalKB = 40;
const zipGoalKB = 300;

/** What the popup loads before it can be used, and what a person downloads. */
export const popupWeight: Measurement = {
	name: "popup-weight",
	measure: async (): Promise<Figure[]> => {
		const files = filesOf("popup.html");
		const gzipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(`${builtExtension}/${file}`)).length, 0);
		return [
			figure({
				id: "popup-gzip",
				title: "Popup, gzipped: page, styles and every script it imports at its start",
				unit: "kB",
				rounds: [gzipped / 1_000],
				goal: { atMost: popupGoalKB },
				details: { files: files.length },
			}),
			figure({
				id: "zip",
				title: "Extension as a zip, with defuddle in it",
				unit: "kB",
				rounds: [(await zipBytes()) / 1_000],
				goal: { atMost: zipGoalKB },
			}),
		];
	},
};

/** The page and everything it reaches by `src`, `href` and static `import`; what is imported lazily is not in it. */
function filesOf(page: string): string[] {
	const seen = new Set<string>();
	const visit = (file: string) => {
		if (seen.has(file)) return;
		seen.add(file);
		const text = readFileSync(`${builtExtension}/${file}`, "utf8");
		for (const found of file.endsWith(".html") ? linksIn(text) : importsIn(file, text)) visit(found);
	};
	visit(page);
	return [...seen];
}

function linksIn(html: string): string[] {
	return [...html.matchAll(/(?:src|href)="\/?([^"#:]+\.(?:js|css))"/g)].map(([, path = ""]) => path);
}

function importsIn(file: string, script: string): string[] {
	if (!file.endsWith(".js")) return [];
	const statics = script.matchAll(
		/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]*?from\s*)?["'](\.{0,2}\/[^"']+)["']/g,
	);
	return [...statics].map(([, path = ""]) => (path.startsWith("/") ? path.slice(1) : posix.join(dirname(file), path)));
}

async function zipBytes(): Promise<number> {
	const { code, output } = await runCommand([installed("wxt"), "zip"]);
	if (code !== 0) throw new Error(`The extension could not be zipped:\n${output}`);
	const folder = inRepository("dist");
	const zips = readdirSync(folder).filter((name) => name.endsWith("-chrome.zip"));
	const newest = zips.map((name) => statSync(`${folder}/${name}`)).sort((a, b) => b.mtimeMs - a.mtimeMs)[0];
	if (!newest) throw new Error("wxt zip wrote no Chrome package into dist/.");
	return newest.size;
}
