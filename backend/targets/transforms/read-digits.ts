export type ReadDigits = { ok: true; number: number } | { ok: false; why: string };

type Reading = {
	decimal: "." | "," | "auto";
	/** How many places the amount's currency has, where it is known; null: no amount, or of an unknown currency. */
	places: number | null;
};

/** What a double holds whatever the digits (IEEE 754). */
const sureDigits = 15;
/** Thousands, and India's hundreds above them. */
const grouped = /^\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*$|^\d{1,2}(?:([., '])\d{2})(?:\2\d{2})*\2\d{3}$/;

/** Digits with what parts them as a number, exactly or not at all. */
export function readDigits(digits: string, { decimal, places }: Reading): ReadDigits {
	const sign = decimal === "auto" ? decimalSign(digits, places) : decimal;
	if (sign === "either")
		return { ok: false, why: `may be ${digits.replace(/[.,]/, "")} or ${digits.replace(",", ".")}` };
	const [whole = "", fraction = "", ...more] = sign === null ? [digits] : digits.split(sign);
	if (more.length > 0 || /\D/.test(fraction) || !(/^\d*$/.test(whole) || grouped.test(whole))) {
		return { ok: false, why: "is no number as it is written there" };
	}
	return exact(whole.replaceAll(/\D/g, ""), fraction);
}

/** Which sign stands before the fraction; null: there is none. */
function decimalSign(digits: string, places: number | null): "." | "," | "either" | null {
	const [points, commas] = [digits.split(".").length - 1, digits.split(",").length - 1];
	if (points > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
	if (points + commas !== 1) return null;
	const sign = points === 1 ? "." : ",";
	const [whole = "", fraction = ""] = digits.split(sign);
	// Three digits could be thousands, but not after a nought, after more than three, or beside another sign between thousands.
	if (fraction.length !== 3 || /^0*$|^\d{4,}$|\D/.test(whole)) return sign;
	return places === null || places === 3 ? "either" : null;
}

function exact(whole: string, fraction: string): ReadDigits {
	const [head, tail] = [whole.replace(/^0+/, ""), fraction.replace(/0+$/, "")];
	const number = Number(`${head === "" ? "0" : head}.${tail === "" ? "0" : tail}`);
	const held = (head + tail).replace(/^0+/, "").length <= sureDigits || sameDigits(number, { head, tail });
	return held ? { ok: true, number } : { ok: false, why: "has more digits than a number can hold" };
}

/** Whether the double says the same digits again; one that prints with an exponent is not asked. */
function sameDigits(number: number, { head, tail }: { head: string; tail: string }): boolean {
	return String(number) === `${head === "" ? "0" : head}${tail === "" ? "" : `.${tail}`}`;
}
