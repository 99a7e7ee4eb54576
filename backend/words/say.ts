import arabic from "./ar.json" with { type: "json" };
import german from "./de.json" with { type: "json" };
import spanish from "./es.json" with { type: "json" };
import french from "./fr.json" with { type: "json" };
import japanese from "./ja.json" with { type: "json" };
import { directionOf, type Language } from "./languages.ts";

/** A sentence as it stands in English; the other languages have it under that. One that they lack does not compile. */
export type Text = keyof typeof german;

/** Words for a person, not yet in their language: `{name}` in the text is the value called so. */
export type Said = { readonly text: Text; readonly values: Values };
type Values = Readonly<Record<string, Value>>;
export type Value = string | number | Said | OneOf | Marked;

/** "Google, GitHub or e-mail and password". */
export type OneOf = { readonly oneOf: readonly (string | Said)[] };

/** What is more than text: markup, on a page. */
export type Marked = { readonly markupIn: (language: Language) => string };

const messages: Readonly<Record<Exclude<Language, "en">, Readonly<Record<Text, string>>>> = {
	ar: arabic,
	de: german,
	es: spanish,
	fr: french,
	ja: japanese,
};

export function say(text: Text, values: Values = {}): Said {
	return { text, values };
}

/** Words in a language. `write` makes text of what they are written in: markup escapes it. */
export function sayIn(language: Language, said: Said, write: (text: string) => string = String): string {
	const { text, values } = said;
	const pieces = (language === "en" ? text : messages[language][text]).split(/\{(\w+)\}/);
	return pieces
		.map((piece, index) => {
			const value = index % 2 === 0 ? undefined : values[piece];
			return value === undefined ? write(index % 2 === 0 ? piece : `{${piece}}`) : valueIn(language, value, write);
		})
		.join("");
}

function valueIn(language: Language, value: Value, write: (text: string) => string): string {
	if (typeof value === "number") return write(new Intl.NumberFormat(`${language}-u-nu-latn`).format(value));
	if (typeof value === "string") return isolated(language, write(value));
	if ("markupIn" in value) return isolated(language, value.markupIn(language));
	if ("text" in value) return sayIn(language, value, write);
	return write(oneOfIn(language, value));
}

/** Names joined as the language joins what one of is meant. */
export function oneOfIn(language: Language, { oneOf }: OneOf): string {
	const names = oneOf.map((one) => (typeof one === "string" ? one : sayIn(language, one)));
	return new Intl.ListFormat(language, { type: "disjunction" }).format(names);
}

/** A name in Latin letters stays in its place in an Arabic sentence (the isolates of Unicode's bidirectional algorithm). */
function isolated(language: Language, text: string): string {
	return directionOf(language) === "rtl" ? `\u2068${text}\u2069` : text;
}
