/** Languages whose month names are tried where a page does not say its own; the more read ones first. */
const commonLanguages =
	"en es de fr pt it nl pl ru uk tr sv nb da fi cs sk hu ro el bg hr sl sr lt lv et ar ar-SY ar-MA he fa hi bn id ms vi th ca eu gl is ga".split(
		" ",
	);

/** In one form for comparison: lower case, without accents (but for scripts that need them) and closing stops. */
export const plainWord = (word: string): string => {
	const lower = word.toLowerCase();
	// Most words have nothing to take off, and taking it off is what costs.
	const plain = /^[\x20-\x7e]*$/.test(lower)
		? lower.replace(/[`^]/g, "")
		: lower
				.normalize("NFD")
				.replace(/\p{Diacritic}/gu, "")
				.normalize("NFC");
	return plain.replace(/\.$/, "");
};

const styles: readonly Intl.DateTimeFormatOptions[] = [
	{ month: "long" },
	{ month: "short" },
	// With a day beside it many languages write another case of the name (`5 марта`, `5 marca`).
	{ month: "long", day: "numeric" },
	{ month: "short", day: "numeric" },
];

/** The names that the platform writes months of this language with in this style, to their numbers from 1 on. */
const readNames = (language: string, style: Intl.DateTimeFormatOptions): Map<string, number> => {
	const names = new Map<string, number>();
	const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...style, timeZone: "UTC" });
	for (let month = 1; month <= 12; month += 1) {
		const parts = format.formatToParts(Date.UTC(2026, month - 1, 15));
		const name = plainWord(parts.find(({ type }) => type === "month")?.value ?? "");
		// `3月` is read by its digits, and a bare `1` would make every number a month.
		if (/\p{L}/u.test(name) && !/\d/.test(name) && !names.has(name)) names.set(name, month);
	}
	return names;
};

const known = new Map<string, ReadonlyMap<string, number>>();

/** Made when first asked for: making one costs the page a third of a millisecond. */
const namesOf = (language: string, style: number): ReadonlyMap<string, number> => {
	const key = `${language}/${style}`;
	const read = known.get(key);
	if (read !== undefined) return read;
	let names: ReadonlyMap<string, number>;
	try {
		names = readNames(language, styles[style] ?? {});
	} catch {
		names = new Map();
	}
	known.set(key, names);
	return names;
};

const monthIn = (word: string, language: string): number | undefined => {
	for (const style of styles.keys()) {
		const month = namesOf(language, style).get(word);
		if (month !== undefined) return month;
	}
	return undefined;
};

const irregular: Record<string, number> = { sept: 9, march: 3, july: 7, june: 6 };

/** A name that begins with it: `Septemb` and `augusti` are abbreviated or declined in ways the platform does not write. */
const startingWith = (word: string, names: ReadonlyMap<string, number>): number | null => {
	const months = new Set<number>();
	for (const [name, month] of names)
		if (word.length >= 4 && (name.startsWith(word) || (word.startsWith(name) && name.length >= 4))) months.add(month);
	return months.size === 1 ? ([...months][0] ?? null) : null;
};

const languagesFor = (language: string): string[] => {
	const [base = ""] = language.toLowerCase().split(/[-_]/);
	if (base === "") return commonLanguages;
	const own = commonLanguages.filter((one) => one === base || one.startsWith(`${base}-`));
	return [...new Set([base, ...own, "en"])];
};

/** The month (1–12) that a word names in the page's language, in English, or without a language in any common one; or null. */
export const monthOf = (raw: string, language: string): number | null => {
	const word = plainWord(raw);
	if (word.length < 3 && /^[a-z]*$/.test(word)) return null;
	const languages = languagesFor(language);
	for (const one of languages) {
		const month = monthIn(word, one);
		if (month !== undefined) return month;
	}
	// Hebrew writes "in" as a letter of the word: `במרץ`.
	if (word.startsWith("ב") && word.length > 3) return monthOf(word.slice(1), "he");
	if (Object.hasOwn(irregular, word)) return irregular[word] ?? null;
	for (const one of languages.slice(0, 3)) {
		const month = startingWith(word, namesOf(one, 0));
		if (month !== null) return month;
	}
	return null;
};
