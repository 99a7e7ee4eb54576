import { isHandWritten, isTelling, lastingPrefix } from "./stable-name.ts";

/** Attributes that pages give to machines and tests: they stay when the looks change. */
const machineNames = [
	"itemprop",
	"data-testid",
	"data-test",
	"data-test-id",
	"data-qa",
	"data-cy",
	"data-field",
	"data-role",
	"data-name",
	"data-component",
	"data-hook",
	"property",
	"name",
	"rel",
];

/** Elements of which a page has few. */
const tellingTags = new Set([
	"H1",
	"TIME",
	"ADDRESS",
	"MAIN",
	"FIGCAPTION",
	"SUMMARY",
	"METER",
	"BLOCKQUOTE",
	"CODE",
	"VIDEO",
]);

const maxClasses = 2;

const tagOf = (element: Element): string => element.tagName.toLowerCase();

const quoted = (value: string): string => `"${value}"`;

/**
 * Ways to say which element this is by what it itself has, the likeliest to last first. Each may fit others too.
 */
export function compoundsOf(element: Element): string[] {
	return [...byMachineNames(element), ...byId(element), ...byClasses(element), ...byAria(element), ...byTag(element)];
}

function byMachineNames(element: Element): string[] {
	return machineNames.flatMap((name) => {
		const value = element.getAttribute(name);
		if (value === null || value.length > 80) return [];
		// `itemprop="offers price"`: one of them is enough.
		const word = value.split(/\s+/)[0] ?? "";
		const lasting = /^[A-Za-z][\w:.-]*$/.test(word) && isHandWritten(word.replace(/[:.]/g, "-"));
		return lasting ? [word === value ? `[${name}=${quoted(word)}]` : `[${name}~=${quoted(word)}]`] : [];
	});
}

function byId(element: Element): string[] {
	const id = element.getAttribute("id") ?? "";
	return isHandWritten(id) ? [`#${id}`] : [];
}

function byClasses(element: Element): string[] {
	const names = Array.from(element.classList).slice(0, 20);
	const telling = names.filter(isTelling);
	const lasting = names.flatMap((name) => (isTelling(name) ? [] : (lastingPrefix(name) ?? [])));
	const several = telling.length > 1 ? [`.${telling.slice(0, maxClasses).join(".")}`] : [];
	const prefixed = lasting.slice(0, 1).map((prefix) => `[class*=${quoted(prefix)}]`);
	return [...several, ...telling.slice(0, maxClasses).map((name) => `.${name}`), ...prefixed];
}

function byAria(element: Element): string[] {
	const label = element.getAttribute("aria-label") ?? "";
	// A name with digits in it is likely the value itself.
	const named =
		label.length >= 3 && label.length <= 40 && !/[\d"\\\n]/.test(label) ? [`[aria-label=${quoted(label)}]`] : [];
	const role = element.getAttribute("role") ?? "";
	return [
		...named,
		...(/^(heading|rating|meter|price|img)$/.test(role) ? [`${tagOf(element)}[role=${quoted(role)}]`] : []),
	];
}

function byTag(element: Element): string[] {
	return tellingTags.has(element.tagName.toUpperCase()) ? [tagOf(element)] : [];
}

/** The element by its place among its siblings of the same kind: the last resort. */
export function placeOf(element: Element): string {
	const tag = tagOf(element);
	const alike = Array.from(element.parentElement?.children ?? []).filter((one) => one.tagName === element.tagName);
	return alike.length < 2 ? tag : `${tag}:nth-of-type(${alike.indexOf(element) + 1})`;
}
