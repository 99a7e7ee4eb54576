import { decimalsOf, findCurrency, type Place } from "./currency.ts";
import { scaleAfter } from "./digits.ts";
import { numbersIn, plainNumbers } from "./number.ts";
import type { Money } from "./price.ts";

/** What a pay text says; `period` in the words of the schema. */
export type Salary = { min: Money; max: Money; period: string | null };

const periods: readonly (readonly [RegExp, string])[] = [
	[
		/\b(?:hour|hr|hourly|stunde|std|stündlich|heure|hora|ora|uur|timme|time|godz\w*|час\w*|saat)\b|\/h\b|時給|时薪|小时|시급|시간|ساعة/iu,
		"Hour",
	],
	[/\b(?:day|daily|tag|jour|día|dia|giorno|dag|dzień|день)\b|日給|日薪|일급/iu, "Day"],
	[/\b(?:week|weekly|woche|semaine|semana|settimana|vecka|uge|tydzień|недел\w*)\b|週給|周薪|주급/iu, "Week"],
	[
		/\b(?:month|monthly|mo|monat\w*|mois|mensuel\w*|mensual\w*|mes|mês|mensal|mese|mensile|maand|månad|måned|mies\w*|мес\w*|ay|aylık)\b|月給|月薪|月收|월급|월|شهر/iu,
		"Month",
	],
	[
		/\b(?:year|yearly|yr|annual\w*|annum|p\.?\s?a\.?|jahr\w*|jährlich|an|année|annuel\w*|año|anual\w*|ano|anno|annuo|jaar|år|rok\w*|год\w*|yıl\w*)\b|年収|年俸|年薪|연봉|년|سنة|سنوي/iu,
		"Year",
	],
];

/** The period that a pay is for, in the words of the schema, or null. */
export const payPeriod = (text: string): string | null => periods.find(([words]) => words.test(text))?.[1] ?? null;

/**
 * The amounts and the period of a pay written as one text: `£70K/yr`, `45.000 – 55.000 € brutto im Jahr`, `月給25万円～30万円`. Null
 * without a currency and an amount.
 */
export const parseSalary = (raw: string, hint: Place & { known?: string | null }): Salary | null => {
	const text = plainNumbers(raw, 300);
	const currency = hint.known ?? findCurrency(text, hint)?.code ?? null;
	if (currency === null) return null;
	const numbers = numbersIn(text, decimalsOf(currency));
	const first = numbers[0];
	if (first === undefined) return null;
	const second = numbers[1];
	const between = second === undefined ? "" : text.slice(first.to, second.from);
	const isRange =
		second !== undefined &&
		between.length < 30 &&
		/[-–—~～至到]|\b(?:to|bis|à|a|hasta|até|tot|till|til|do|до|and|und|et|y)\b/iu.test(between);
	const scale = isRange ? scaleAfter(text.slice(second.to)) : 1;
	const own = scaleAfter(text.slice(first.to));
	// `50–60K`: the scale behind the second is the first's too.
	const low = first.value * (own === 1 && first.value < 1_000 ? scale : own);
	const high = isRange ? second.value * scale : low;
	const money = (amount: number): Money => ({ amount: Math.round(amount * 100) / 100, currency });
	return { min: money(Math.min(low, high)), max: money(Math.max(low, high)), period: payPeriod(text) };
};
