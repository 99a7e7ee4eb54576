import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA and what comes before it, and axe's own rules of good practice. */
const options = {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
	// Takes links to our routes (`#targets`), where they are scrolled out of sight, for links that skip to something on the page.
	rules: { "skip-link": { enabled: false } },
};

/** Evaluates an expression in a page and gives its JSON value back; promises are awaited. */
type Evaluate = <Value>(expression: string) => Promise<Value>;

/** What axe finds wrong with what the page shows now, a line for each element; empty is what is wanted. */
export async function violationsOf(evaluate: Evaluate): Promise<string[]> {
	// The page's own policy forbids scripts of others; what DevTools evaluates is not under it.
	if (!(await evaluate<boolean>("typeof axe === 'object'"))) await evaluate(`${source}; null`);
	await evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => null)");
	const violations = await evaluate<AxeResults["violations"]>(
		`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
	);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
	);
}
