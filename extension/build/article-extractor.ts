import { realpathSync } from "node:fs";
import { join } from "node:path";

/** As much of a plugin of Vite's as is needed. */
type Resolver = {
	name: string;
	enforce: "pre";
	resolveId(source: string, importer: string | undefined): string | null;
	load(id: string): string | null;
};

const stub = "\0article-extractor:";

/** What the extractor asks of each of its converters of formulas, answered as its bundle for browsers answers: not at all. */
const converters: Record<string, string> = {
	temml: 'export const renderToString = () => "";',
	"mathml-to-latex": "export const MathMLToLaTeX = { convert: () => null };",
};

/** Site extractors that answer from the network alone, which a capture never asks (`useAsync: false`). */
const fromNetwork: Record<string, string> = {
	"./extractors/x-oembed": "XOembedExtractor",
	"./extractors/c2-wiki": "C2WikiExtractor",
};

/**
 * defuddle as the modules its package has beside the bundle for browsers: that one is written down to browsers of 2017, and closed to
 * what makes ours small. Which extractor answers, and what, stays the same: `e2e/checks/built-body.test.ts` compares them.
 */
export function articleExtractor(root: string): Resolver {
	// Its modules name each other by their real paths: by another it would be in the script twice.
	const folder = realpathSync(join(root, "node_modules/defuddle/dist"));
	return {
		name: "article-extractor",
		enforce: "pre",
		resolveId(source, importer) {
			if (source === "defuddle") return stub + source;
			if (!importer?.includes("/defuddle/dist/")) return null;
			return source in converters || source in fromNetwork ? stub + source : null;
		},
		load(id) {
			if (!id.startsWith(stub)) return null;
			const source = id.slice(stub.length);
			if (source === "defuddle")
				return `export { Defuddle as default } from ${JSON.stringify(join(folder, "defuddle.js"))};`;
			const extractor = fromNetwork[source];
			if (extractor === undefined) return converters[source] ?? null;
			return `export class ${extractor} { canExtract() { return false; } }`;
		},
	};
}
