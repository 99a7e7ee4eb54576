import { cleanLine } from "./values/text.ts";

const aroundLogo = "header,nav,[class*='logo' i],[id*='logo' i]";
/** Notices lie over the page and often come before it, with a heading of their own. */
const notices = "dialog,[role='dialog'],[role='alertdialog'],[class*='cookie' i],[class*='consent' i]";

const textOf = (heading: Element): string => cleanLine(heading.textContent ?? "", 1_000);

/** The page's first heading that says something, rather than the one around its logo or of a notice; or null. */
export const headingIn = (document: Document): { element: Element; text: string } | null => {
	const headings = Array.from(document.querySelectorAll("h1"))
		.slice(0, 20)
		.filter((one) => one.closest(notices) === null);
	const own = headings.filter((one) => one.closest(aroundLogo) === null);
	for (const element of [...own, ...headings]) {
		const text = textOf(element);
		if (text !== "") return { element, text };
	}
	return null;
};
