import type { Located } from "../findings.ts";
import { limits } from "../limits.ts";
import type { Place } from "../values/currency.ts";
import { parseDate } from "../values/date.ts";
import { parseMinutes } from "../values/duration.ts";
import { parseAmount, parseCount } from "../values/number.ts";
import { currencyCode, type Money, parsePrice } from "../values/price.ts";
import { plainText } from "../values/text.ts";
import { httpUrl } from "../values/url.ts";
import { isThing, lineOf, pathOf, type Thing, type ThingValue, textOf, thingsOf } from "./thing.ts";

/** How one value of a property is read; null: it says nothing. */
type Read<T> = (value: ThingValue) => T | null;

const orNull = (text: string): string | null => (text === "" ? null : text);

/** A plain number as data writes it (`4.5`), or as a person would (`4,5`). */
const toNumber: Read<number> = (value) => {
	if (typeof value === "number") return Number.isFinite(value) ? value : null;
	const text = typeof value === "string" ? value.trim() : "";
	if (text === "") return null;
	return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : parseAmount(text);
};

/**
 * Reads the properties of one thing as the values of fields, each with its path. `place` is where the page is read, `base` what its
 * addresses are resolved against.
 */
export class ThingReader {
	readonly thing: Thing;
	readonly #place: Place;
	readonly #base: string;

	constructor(thing: Thing, { place, base }: { place: Place; base: string }) {
		this.thing = thing;
		this.#place = place;
		this.#base = base;
	}

	/** The first value of the first of these properties that says something. */
	first<T extends Located["value"]>(names: readonly string[], read: Read<T>): Located<T> | null {
		for (const name of names) {
			const values = this.thing.properties.get(name) ?? [];
			for (const [at, value] of values.slice(0, limits.listItems).entries()) {
				const found = read(value);
				if (found !== null) return { value: found, path: pathOf(this.thing, name, { at, of: values.length }) };
			}
		}
		return null;
	}

	/** Every value of the first of these properties that has any. */
	all<T>(names: readonly string[], read: Read<T>): { values: T[]; path: string } | null {
		for (const name of names) {
			const values = (this.thing.properties.get(name) ?? [])
				.slice(0, limits.listItems)
				.flatMap((value) => read(value) ?? []);
			if (values.length > 0) return { values, path: `${this.thing.path}.${name}` };
		}
		return null;
	}

	text(...names: string[]): Located<string> | null {
		return this.first(names, (value) => orNull(lineOf(value)));
	}

	/** With its line breaks kept: for descriptions. */
	paragraphs(...names: string[]): Located<string> | null {
		return this.first(names, (value) => orNull(isThing(value) ? lineOf(value) : plainText(String(value))));
	}

	/** As lines, each once; a single comma-separated text is taken apart when asked. */
	lines(names: readonly string[], { splitCommas = false } = {}): Located<string[]> | null {
		const found = this.all(names, (value) => orNull(lineOf(value)));
		if (found === null) return null;
		const parts = splitCommas ? found.values.flatMap((line) => line.split(/[,;،、|]/)) : found.values;
		const lines = [...new Set(parts.map((line) => line.trim()).filter((line) => line !== ""))];
		return { value: lines.slice(0, limits.listItems), path: found.path };
	}

	/** As one line, with what stands between them. */
	joined(names: readonly string[], between = ", "): Located<string> | null {
		const found = this.lines(names);
		return found && { value: found.value.slice(0, 20).join(between), path: found.path };
	}

	number(...names: string[]): Located<number> | null {
		return this.first(names, toNumber);
	}

	count(...names: string[]): Located<number> | null {
		return this.first(names, (value) => (typeof value === "string" ? parseCount(value) : toNumber(value)));
	}

	date(...names: string[]): Located<string> | null {
		return this.first(names, (value) => (isThing(value) ? null : parseDate(String(value), this.#place)));
	}

	minutes(...names: string[]): Located<number> | null {
		return this.first(names, (value) =>
			isThing(value)
				? parseMinutes(textOf(value, "value", "name", "maxValue", "minValue"), this.#place.language)
				: parseMinutes(String(value), this.#place.language),
		);
	}

	/** A plain text, or an object's `url`, `contentUrl` or `@id`. */
	address(...names: string[]): Located<string> | null {
		return this.first(names, (value) => this.addressIn(value));
	}

	addressIn(value: ThingValue): string | null {
		if (!isThing(value)) return httpUrl(String(value), this.#base);
		for (const name of ["contentUrl", "url", "thumbnailUrl"]) {
			for (const raw of value.properties.get(name) ?? []) {
				const address = isThing(raw) ? null : httpUrl(String(raw), this.#base);
				if (address !== null) return address;
			}
		}
		return value.id === null || value.id.startsWith("#") ? null : httpUrl(value.id, this.#base);
	}

	/** An amount as data writes it. Three decimals are read as a locale's thousands; machines write one, two or four. */
	money(currency: string, ...names: string[]): Located<Money> | null {
		const known = currencyCode(currency);
		return this.first(names, (value) => {
			if (isThing(value)) return null;
			const text = String(value).trim();
			if (known !== null && /^\d+(?:\.\d{1,2}|\.\d{4,})?$/.test(text)) return { amount: Number(text), currency: known };
			return parsePrice(text, { known, ...this.#place });
		});
	}

	/** Readers of the objects that a property holds. */
	inner(...names: string[]): ThingReader[] {
		return thingsOf(this.thing, ...names)
			.slice(0, limits.listItems)
			.map((thing) => this.of(thing));
	}

	/** A reader of another thing of the same page. */
	of(thing: Thing): ThingReader {
		return new ThingReader(thing, { place: this.#place, base: this.#base });
	}
}
