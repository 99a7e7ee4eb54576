const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * The number a text writes, to the last digit: as a number where a double holds it, else as its digits (`numeric` and `bigint` hold more).
 * Null for what is no plain decimal: nobody can tell `1.234` from `1,234`.
 */
export function writtenNumber(text: string): number | string | null {
	const [, sign, whole, fraction = ""] = decimal.exec(text.trim()) ?? [];
	if (whole === undefined) return /^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text) ? Number(text) : null;
	const digits = whole.replace(/^0+(?=\d)/, "");
	const places = fraction.replace(/0+$/, "");
	const plain = `${digits}${places === "" ? "" : `.${places}`}`;
	const written = sign === "-" && plain !== "0" ? `-${plain}` : plain;
	const number = Number(written);
	const held = String(number).includes("e-") ? number.toFixed(Math.min(places.length, 100)) : String(number);
	return held === written ? number : written;
}

/** Digits behind the point; small numbers print with an exponent. */
export function decimalPlaces(number: number | string): number {
	const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
	return Math.max(0, fraction.length - Number(exponent));
}
