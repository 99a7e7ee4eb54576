/** The shipped language that answers for this browser, without a region. */
export const answers = chrome.i18n.getMessage("locale");

export const answersInEnglish = answers === "en";

/** Arabic: names and numbers put into a sentence are kept from turning its order round. */
export const isRightToLeft = chrome.i18n.getMessage("dir") === "rtl";

/** Where something goes, in the direction in which one reads. */
export const onward = isRightToLeft ? "←" : "→";

/**
 * The language that answers for this browser: its own where Sheaf speaks it, else English. With the browser's region where that is of the
 * same language, so that "en-GB" writes dates as people there do. Digits are 0 to 9 in all of them: what is typed is read back the same
 * way. For `Intl`, and for nothing that is stored or sent.
 */
export const locale = ((): string => {
	const wanted = chrome.i18n.getUILanguage();
	const region = wanted.split("-")[0] === answers ? wanted : answers;
	return isRightToLeft ? `${region}-u-nu-latn` : region;
})();

/** Made when first asked for: each takes longer to make than a whole page of words to read. */
const once = <T>(make: () => T): (() => T) => {
	let made: T | undefined;
	return () => {
		made ??= make();
		return made;
	};
};

const numbers = once(() => new Intl.NumberFormat(locale));
const lists = {
	and: once(() => new Intl.ListFormat(locale, { type: "conjunction" })),
	or: once(() => new Intl.ListFormat(locale, { type: "disjunction" })),
	comma: once(() => new Intl.ListFormat(locale, { type: "unit" })),
};

/** Which form of a message a count takes. */
export const pluralRules = once(() => new Intl.PluralRules(locale));

/** "1,204", "1.204", "1 204". */
export function numberText(value: number): string {
	return numbers().format(value);
}

/** "Reading list, Movies and Notes"; with "or" in place of "and" where one of them is meant, with neither where they are facts. */
export function listText(items: readonly string[], joinedBy: keyof typeof lists = "and"): string {
	return items.length < 2 ? (items[0] ?? "") : lists[joinedBy]().format(items);
}
