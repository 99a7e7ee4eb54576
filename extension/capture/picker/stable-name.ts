/** What frameworks and builds write into names: another one with every build or every page. */
const made =
	/^(css|sc|jsx|jss|emotion|svelte)-|^(styled|ember|react|radix|headlessui|mui|makestyles|ng|v|wp-image|post|item|node|view)-?[\w-]*\d/i;

/** Classes that say how something looks or stands now, and not what it is (utilities of CSS frameworks, states). */
const looks =
	/^-?((min-|max-)?[hw]|[mp][trblxyse]?|gap|top|left|right|bottom|inset|z|order|col|row|grid|flex|space|text|bg|border|rounded|font|leading|tracking|shadow|opacity|items|justify|self|content|overflow|object|cursor|transition|duration|ease|fill|stroke|align|float|d|g|offset)-|^(flex|grid|block|inline|inline-block|hidden|relative|absolute|fixed|sticky|static|table|truncate|uppercase|lowercase|capitalize|italic|underline|container|row|col|clearfix|pull-left|pull-right)$|:/;
const states =
	/^(is|has|js)-|(^|[-_])(active|selected|current|open|opened|closed|hover|focus|focused|visible|show|shown|collapsed|expanded|disabled|enabled|loaded|loading|lazy|animated|first|last|odd|even)$/i;

const hasVowel = /[aeiouyAEIOUY]/;

/** One word of a name that no person would write: digits among letters, capitals in odd places, or letters without a vowel. */
function isNoise(word: string): boolean {
	if (word.length < 4) return false;
	if (/^\d+$/.test(word)) return true;
	// `step2` is one that a person writes.
	if (/\d/.test(word) && /[a-z]/i.test(word) && !(/^[a-z]+\d{1,2}$/i.test(word) && hasVowel.test(word))) return true;
	if (word.length >= 5 && !hasVowel.test(word)) return true;
	return /[a-z][A-Z]{2,}[a-z]|[A-Z][a-z][A-Z][a-z][A-Z]/.test(word);
}

const wordsOf = (name: string): string[] => name.split(/[-_:.]+/).filter((word) => word !== "");

/** A name that a person is likely to have written, and to keep through the next build: an id, a class, a `data-` value. */
export function isHandWritten(name: string): boolean {
	if (name.length < 2 || name.length > 60 || !/^[A-Za-z_][\w-]*$/.test(name)) return false;
	return /[A-Za-z]{2}/.test(name) && !made.test(name) && !wordsOf(name).some(isNoise);
}

/** A class that is likely to say what the element is. */
export const isTelling = (name: string): boolean => isHandWritten(name) && !looks.test(name) && !states.test(name);

/**
 * The lasting beginning of a name that ends in what a build made: `Price_price__` of `Price_price__3xYzQ`; null where there is none.
 */
export function lastingPrefix(name: string): string | null {
	const [, prefix = "", , rest = ""] =
		/^([A-Za-z][\w-]*?(__|--|-|_))([A-Za-z0-9]{4,12})$/.exec(name)?.map(String) ?? [];
	if (prefix === "" || !isNoise(rest)) return null;
	const own = prefix.replace(/[-_]+$/, "");
	return own.length >= 4 && isTelling(own) ? prefix : null;
}
