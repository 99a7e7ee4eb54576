import { locale as ours } from "../../i18n/locale.ts";

/** How a locale writes numbers, as far as reading one back needs it. */
type Separators = { group: string; decimal: string };

function separatorsOf(locale: string): Separators {
	const parts = new Intl.NumberFormat(locale, { useGrouping: "always" }).formatToParts(1_234_567.8);
	const find = (type: string, fallback: string) => parts.find((part) => part.type === type)?.value ?? fallback;
	return { group: find("group", ","), decimal: find("decimal", ".") };
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A number as this locale writes it, with all its digits. */
export function numberToText(value: number, locale = ours): string {
	return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
}

/** An amount with at least the decimals its currency is written with: "5.00" euros, "5" yen. `currency`: ISO 4217. */
export function amountToText({ amount, currency }: { amount: number; currency: string }, locale = ours): string {
	const { minimumFractionDigits = 0 } = new Intl.NumberFormat(locale, {
		style: "currency",
		currency,
	}).resolvedOptions();
	return new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: 20 }).format(amount);
}

/**
 * Reads a number the way `numberToText` writes it, and the plain form with a point. A group separator counts only between
 * groups of three digits, so that "1,5" typed in an English browser is refused instead of becoming 15. null: not a number.
 */
export function textToNumber(text: string, locale = ours): number | null {
	const { group, decimal } = separatorsOf(locale);
	const compact = text
		.trim()
		.replaceAll(/[\u00a0\u202f\s]/g, group.trim() === "" ? group : "")
		.replaceAll("\u2212", "-");
	const digits = `(\\d+|\\d{1,3}(?:${escaped(group)}\\d{3})+)`;
	const localised = new RegExp(`^([-+]?)${digits}?(?:${escaped(decimal)}(\\d*))?$`).exec(compact);
	if (localised && (localised[2] || localised[3])) {
		const whole = (localised[2] ?? "0").replaceAll(group, "");
		return finite(Number(`${localised[1] ?? ""}${whole}.${localised[3] || "0"}`));
	}
	return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(compact) ? finite(Number(compact)) : null;
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);
