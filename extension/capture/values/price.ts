import { type CurrencySign, decimalsOf, findCurrency } from "./currency.ts";
import { scaleAfter } from "./digits.ts";
import { type FoundNumber, numbersIn, plainNumbers } from "./number.ts";

/** An amount with its ISO 4217 code, as the field type `currency` carries it. */
export type Money = { amount: number; currency: string };

/** An ISO 4217 code as structured data gives it (`eur`, ` USD `), or null. */
export const currencyCode = (raw: string): string | null => {
	const code = raw.trim().toUpperCase();
	return /^[A-Z]{3}$/.test(code) ? code : null;
};

/** `known` is the currency said elsewhere (structured data); `language` and `region` are where the page is read. */
export type PriceHint = { known?: string | null; language: string; region?: string | null };

/** Between an amount and its sign: nothing, a space, a mark that belongs to neither (`19,-`, `1.299,–`). */
const isBeside = (text: string, from: number, to: number): boolean =>
	/^[\s,.\-–:*\u00a0\u202f]{0,4}$/.test(text.slice(from, to));

/** Of several numbers the one that the sign stands beside: `2 × 49,90 €` costs 49.90. */
const besideSign = (numbers: readonly FoundNumber[], sign: CurrencySign, text: string): FoundNumber | undefined =>
	numbers.find(({ from }) => from >= sign.to && isBeside(text, sign.to, from)) ??
	numbers.find(({ to }) => to <= sign.from && isBeside(text, to, sign.from));

/**
 * A price in any locale: `1.234,56 €`, `$1,234.56`, `₹1,23,456`, `1 234 kr`, `CHF 1'234.50`, `٣٫٥٠ د.إ`, `１２，８００円`.
 * Null without amount or currency.
 */
export const parsePrice = (raw: string, hint: PriceHint): Money | null => {
	const text = plainNumbers(raw);
	const sign = findCurrency(text, hint);
	const currency = hint.known ?? sign?.code ?? null;
	if (currency === null) return null;
	const numbers = numbersIn(text, decimalsOf(currency));
	const amount = (sign === null ? undefined : besideSign(numbers, sign, text)) ?? numbers[0];
	return amount === undefined ? null : { amount: amount.value * scaleAfter(text.slice(amount.to)), currency };
};
