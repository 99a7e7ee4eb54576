const longest = 1_000;

/** Letters, numbers and the marks of formulas; none that starts a link, a picture, code or HTML where a reader knows no formulas. */
const harmless = /^[\p{L}\p{N} \\{}^_+\-=*/().,|:;&'~%]+$/u;

/** The formula that an element holds in TeX, when it can be written as it is; or null. */
export const formulaIn = (element: Element): string | null => {
	const text = (element.getAttribute("data-latex") ?? "")
		.slice(0, longest + 1)
		.replace(/\s+/g, " ")
		.trim();
	return text.length > longest || /:\/\/|www\./i.test(text) || !harmless.test(text) || text.endsWith("\\")
		? null
		: text;
};
