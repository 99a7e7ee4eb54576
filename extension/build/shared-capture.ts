import { dirname, join, relative } from "node:path";

/**
 * Modules of `extension/capture` that more than one injected script needs. They lie in `capture.js`, which is injected before any of the
 * others, and these take them from there. One that is missing here is in both scripts and works as well; it only weighs twice.
 */
const sharedModules = new Set([
	"extractors/offers",
	"extractors/schema-parts",
	"extractors/terms",
	"findings",
	"limits",
	"normal-url",
	"picker/compound",
	"picker/label-of",
	"picker/selectors",
	"picker/similar",
	"picker/stable-name",
	"recipes/element-text",
	"recipes/find",
	"recipes/read-field",
	"recipes/recipe",
	"recipes/steps",
	"recipes/typed",
	"sources/json-ld",
	"sources/json-repair",
	"sources/thing",
	"sources/thing-reader",
	"tables/element-facts",
	"trust",
	"unclobbered",
	"values/calendar-day",
	"values/currency",
	"values/date",
	"values/digits",
	"values/duration",
	"values/month-names",
	"values/number",
	"values/price",
	"values/rating",
	"values/text",
	"values/time-of-day",
	"values/url",
	"vocabulary",
]);

/** The scripts that are only ever injected after `capture.js`. */
const laterScripts = new Set(["capture-body", "capture-tables", "picker"]);

/** Where `capture.js` lays them, in the isolated world, which pages cannot see. */
const globalName = "sheafShared";

const prefix = "sheaf-shared:";

/** As much of Vite's configuration for one script as is added to. */
type ScriptBuild = { plugins?: unknown[]; build?: { rollupOptions?: { output?: unknown } } };

/** WXT builds every injected script by itself, as a whole; this makes the first of them the library of the others. */
export function shareCapture(captureFolder: string, script: string, config: ScriptBuild): void {
	if (script === "capture") config.plugins?.push(layingOut(captureFolder));
	if (!laterScripts.has(script)) return;
	config.plugins?.push(takingFrom(captureFolder));
	const output = config.build?.rollupOptions?.output;
	if (typeof output !== "object" || output === null) throw new Error(`No output to share modules in: ${script}`);
	const globals = (id: string): string => `${globalName}[${JSON.stringify(id.slice(prefix.length))}]`;
	Object.assign(output, { globals });
}

const layingOut = (captureFolder: string) => ({
	name: "share-capture",
	transform(code: string, id: string): string | null {
		if (!id.endsWith("/entrypoints/capture.ts")) return null;
		const names = [...sharedModules];
		const imports = names.map(
			(name, at) => `import * as shared${at} from ${JSON.stringify(join(captureFolder, name))};`,
		);
		const entries = names.map((name, at) => `${JSON.stringify(name)}: shared${at}`);
		return `${imports.join("\n")}\n${code}\nglobalThis.${globalName} = { ${entries.join(", ")} };`;
	},
});

const takingFrom = (captureFolder: string) => ({
	name: "take-from-capture",
	enforce: "pre" as const,
	resolveId(source: string, importer: string | undefined): { id: string; external: true } | null {
		if (importer === undefined || !source.startsWith(".")) return null;
		const name = relative(captureFolder, join(dirname(importer), source)).replace(/\.ts$/, "");
		return sharedModules.has(name) ? { id: prefix + name, external: true } : null;
	},
});
