import { parseAmount } from "./number.ts";

/** An amount with its ISO 4217 code, as the field type `currency` carries it. */
export type Money = { amount: number; currency: string };

/** Signs that mean one currency wherever they stand. Longer ones first: `R$` before `$`. */
const signs: readonly (readonly [string, string])[] = (
	"US$=USD CA$=CAD C$=CAD AU$=AUD A$=AUD NZ$=NZD HK$=HKD NT$=TWD MX$=MXN S$=SGD R$=BRL €=EUR £=GBP ₹=INR ₩=KRW ₽=RUB ₺=TRY " +
	"₪=ILS ฿=THB ₫=VND ₴=UAH ₦=NGN ₱=PHP zł=PLN Kč=CZK Ft=HUF lei=RON лв=BGN руб=RUB 円=JPY 元=CNY 원=KRW د.إ=AED ر.س=SAR Rs=INR"
)
	.split(" ")
	.map((pair) => [pair.slice(0, -4), pair.slice(-3)]);

/** Signs that several currencies share, decided by the page's language. The last entry is the one without a hint. */
const shared: Record<string, Record<string, string>> = {
	$: {
		"en-ca": "CAD",
		"fr-ca": "CAD",
		"en-au": "AUD",
		"en-nz": "NZD",
		"en-sg": "SGD",
		"es-mx": "MXN",
		"es-ar": "ARS",
		"es-cl": "CLP",
		"es-co": "COP",
		"*": "USD",
	},
	"¥": { zh: "CNY", "*": "JPY" },
	"￥": { zh: "CNY", "*": "JPY" },
	kr: { sv: "SEK", nb: "NOK", nn: "NOK", no: "NOK", da: "DKK", is: "ISK" },
};

const isoCode = /(?:^|[^A-Za-z])([A-Z]{3})(?![A-Za-z])/;

const knownCodes = new Set(
	(
		"USD EUR GBP JPY CNY INR AUD CAD CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY ILS AED SAR KWD BHD OMR QAR EGP " +
		"ZAR NGN KES MAD TND BRL MXN ARS CLP COP PEN KRW TWD HKD SGD MYR THB VND IDR PHP NZD PKR BDT LKR JOD IQD GEL KZT RSD UYU"
	).split(" "),
);

/** An ISO 4217 code as structured data gives it (`eur`, ` USD `), or null. */
export const currencyCode = (raw: string): string | null => {
	const code = raw.trim().toUpperCase();
	return /^[A-Z]{3}$/.test(code) ? code : null;
};

const bySharedSign = (text: string, language: string): string | null => {
	const tag = language.toLowerCase();
	for (const [sign, byLanguage] of Object.entries(shared)) {
		const found = sign === "kr" ? /(?:^|[\s\d.,-])kr\b/i.test(text) : text.includes(sign);
		if (!found) continue;
		return byLanguage[tag] ?? byLanguage[tag.split("-")[0] ?? ""] ?? byLanguage["*"] ?? null;
	}
	return null;
};

/** The currency a price text names, by code, by sign, or by a shared sign and the page's language (BCP 47); or null. */
export const currencyOf = (text: string, language: string): string | null => {
	const code = isoCode.exec(text)?.[1];
	if (code !== undefined && knownCodes.has(code)) return code;
	const own = signs.find(([sign]) => text.includes(sign));
	return own?.[1] ?? bySharedSign(text, language);
};

/** Currencies with three decimals: there `1.234` is a fraction and not a thousand. */
const threeDecimals = new Set(["KWD", "BHD", "OMR", "TND", "JOD", "IQD"]);

/**
 * A price in any locale: `1.234,56 €`, `$1,234.56`, `₹1,23,456`, `1 234 kr`, `CHF 1'234.50`, `٣٫٥٠ د.إ`.
 * `known` is the currency said elsewhere (structured data), `language` the page's. Null without amount or currency.
 */
export const parsePrice = (text: string, hint: { known?: string | null; language: string }): Money | null => {
	const currency = hint.known ?? currencyOf(text, hint.language);
	if (currency === null) return null;
	const amount = parseAmount(text, { decimals: threeDecimals.has(currency) ? 3 : 2 });
	return amount === null ? null : { amount, currency };
};
