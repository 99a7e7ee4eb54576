/** Markup that is safe to send. Only `html` and `trusted` make it, so that a plain string cannot slip in unescaped. */
export type Html = { readonly markup: string };

type Part = Html | readonly Html[] | string | null;

/** A template whose values are escaped, unless they are `Html` themselves; null leaves nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
	const pieces = literals.map((literal, index) => literal + rendered(parts[index] ?? null));
	return { markup: pieces.join("") };
}

/** For constants of the code (a stylesheet), never for anything that came in. */
export function trusted(markup: string): Html {
	return { markup };
}

function rendered(part: Part): string {
	if (part === null) return "";
	if (typeof part === "string") return escaped(part);
	return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

function escaped(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}
