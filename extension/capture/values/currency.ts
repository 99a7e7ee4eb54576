/** Signs and words that mean one currency wherever they stand. Longer ones first: `R$` before `$`. */
const signs: readonly (readonly [string, string])[] = (
	"US$=USD CA$=CAD C$=CAD AU$=AUD A$=AUD NZ$=NZD HK$=HKD NT$=TWD MX$=MXN S$=SGD R$=BRL €=EUR ₹=INR ₩=KRW ₽=RUB ₺=TRY " +
	"₪=ILS ฿=THB ₫=VND ₴=UAH ₦=NGN ₱=PHP ₸=KZT ₼=AZN ₾=GEL ₲=PYG ৳=BDT ₡=CRC ₵=GHS zł=PLN Kč=CZK Ft=HUF lei=RON лв=BGN руб=RUB грн=UAH тг=KZT 円=JPY 元=CNY " +
	'人民币=CNY 원=KRW บาท=THB د.إ=AED درهم=AED ر.س=SAR ريال=SAR ر.ق=QAR د.ك=KWD د.ب=BHD ج.م=EGP جنيه=EGP ﷼=IRR تومان=IRR ש״ח=ILS ש"ח=ILS ' +
	"Rp=IDR RM=MYR S/.=PEN Kčs=CZK CHF=CHF Fr.=CHF TL=TRY đ=VND"
)
	.split(" ")
	.map((pair) => [pair.slice(0, -4), pair.slice(-3)]);

/** Signs that several currencies share, by the region they are read in. `*` is the one without a hint. */
const shared: Record<string, Record<string, string>> = {
	$: {
		CA: "CAD",
		AU: "AUD",
		NZ: "NZD",
		SG: "SGD",
		HK: "HKD",
		TW: "TWD",
		MX: "MXN",
		AR: "ARS",
		CL: "CLP",
		CO: "COP",
		UY: "UYU",
		"*": "USD",
	},
	"¥": { CN: "CNY", "*": "JPY" },
	kr: { SE: "SEK", NO: "NOK", DK: "DKK", IS: "ISK" },
	"£": { EG: "EGP", "*": "GBP" },
	":-": { SE: "SEK", NO: "NOK" },
	",-": { NO: "NOK", DK: "DKK", DE: "EUR", AT: "EUR", NL: "EUR", BE: "EUR", CZ: "CZK" },
	R: { ZA: "ZAR" },
	Rs: { PK: "PKR", LK: "LKR", NP: "NPR", "*": "INR" },
};

const knownCodes = new Set(
	(
		"USD EUR GBP JPY CNY INR AUD CAD CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY ILS AED SAR KWD BHD OMR QAR EGP " +
		"ZAR NGN KES MAD TND BRL MXN ARS CLP COP PEN KRW TWD HKD SGD MYR THB VND IDR PHP NZD PKR BDT LKR NPR JOD IQD GEL KZT RSD UYU AZN GHS"
	).split(" "),
);

/** Where a text is read: a BCP 47 tag, and the country when the tag does not say it but the address does. */
export type Place = { language: string; region?: string | null };

/** The country (ISO 3166) a text is read in, or empty: the tag's own, else the page's, else the one where the language is mostly spoken. */
export const regionOf = ({ language, region }: Place): string => {
	try {
		const locale = new Intl.Locale(language);
		if (locale.region !== undefined) return locale.region;
		// Bare English is read everywhere, and a bare `en` maximises to the United States.
		return region ?? (locale.language === "en" ? "" : (locale.maximize().region ?? ""));
	} catch {
		return region ?? "";
	}
};

const isWordAt = (text: string, at: number, length: number): boolean =>
	!/\p{L}/u.test(text[at - 1] ?? "") && !/\p{L}/u.test(text[at + length] ?? "");

/** Whether the sign stands in the text as a word of its own: `kr` is not in `Kraft`, `lei` not in `leicht`. */
const standsIn = (text: string, sign: string): number => {
	// Scripts without spaces have no words to stand alone in.
	const lettered = /^[\p{L}.]+$/u.test(sign) && !/[\p{sc=Han}\p{sc=Hangul}\p{sc=Thai}]/u.test(sign);
	for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
		if (!lettered || isWordAt(text, at, sign.length)) return at;
	}
	return -1;
};

export type CurrencySign = { code: string; from: number; to: number };

/** The currency a price text names and where: by code, by sign, or by a shared sign and the region; or null. */
export const findCurrency = (text: string, place: Place): CurrencySign | null => {
	for (const { 0: code, index } of text.matchAll(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g)) {
		if (knownCodes.has(code)) return { code, from: index, to: index + 3 };
	}
	for (const [sign, code] of signs) {
		const at = standsIn(text, sign);
		if (at >= 0) return { code, from: at, to: at + sign.length };
	}
	const lower = text.replace(/kr/gi, "kr").replaceAll("￥", "¥").replaceAll("＄", "$");
	for (const [sign, byRegion] of Object.entries(shared)) {
		const at = standsIn(lower, sign);
		const code = at < 0 ? undefined : (byRegion[regionOf(place)] ?? byRegion["*"]);
		if (code !== undefined) return { code, from: at, to: at + sign.length };
	}
	return null;
};

/** Digits after the decimal mark where they are not two. There `1.234` is a fraction and not a thousand. */
const threeDecimals = new Set(["KWD", "BHD", "OMR", "TND", "JOD", "IQD"]);

export const decimalsOf = (currency: string): number => (threeDecimals.has(currency) ? 3 : 2);
