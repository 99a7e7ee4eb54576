import { type Marked, type OneOf, oneOfIn, type Said, sayIn } from "../../words/say.ts";

/** Markup that is safe to send. Only `html` and `trusted` make it, so that a plain string cannot slip in unescaped. */
export type Html = Marked;

/** What a page shows at a place: words in the reader's language, a name as it is, or markup. */
export type Content = Html | Said | OneOf | string;

type Part = Content | readonly Html[] | null;

/** A template whose values are escaped, unless they are `Html` themselves; null leaves nothing. Words take the reader's language. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
	return {
		markupIn: (language) =>
			literals.map((literal, index) => literal + rendered(parts[index] ?? null, language)).join(""),
	};
}

/** For constants of the code (a stylesheet), never for anything that came in. */
export function trusted(markup: string): Html {
	return { markupIn: () => markup };
}

function rendered(part: Part, language: Parameters<Html["markupIn"]>[0]): string {
	if (part === null) return "";
	if (typeof part === "string") return escaped(part);
	if ("markupIn" in part) return part.markupIn(language);
	if ("oneOf" in part) return escaped(oneOfIn(language, part));
	return "text" in part ? sayIn(language, part, escaped) : part.map((one) => one.markupIn(language)).join("");
}

function escaped(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}
