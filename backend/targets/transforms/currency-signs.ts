/** Signs that stand for one currency alone. */
const certain: Readonly<Record<string, string>> = {
	"€": "EUR",
	"£": "GBP",
	"₹": "INR",
	"₽": "RUB",
	руб: "RUB",
	"₩": "KRW",
	"₺": "TRY",
	"₴": "UAH",
	"₪": "ILS",
	"฿": "THB",
	"₫": "VND",
	"₱": "PHP",
	"₦": "NGN",
	"₸": "KZT",
	"₲": "PYG",
	"₡": "CRC",
	"₾": "GEL",
	zł: "PLN",
	kč: "CZK",
	ft: "HUF",
	лв: "BGN",
	fr: "CHF",
	r$: "BRL",
	us$: "USD",
	c$: "CAD",
	ca$: "CAD",
	a$: "AUD",
	au$: "AUD",
	nz$: "NZD",
	hk$: "HKD",
	nt$: "TWD",
	mx$: "MXN",
	s$: "SGD",
	"cn¥": "CNY",
	"jp¥": "JPY",
};

/** Signs of several currencies: a number can be read beside them, and no amount. */
const shared: ReadonlySet<string> = new Set(["$", "¥", "￥", "円", "元", "kr", "rs", "₨", "lei", "din"]);

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** The ISO 4217 code of a currency as it is written; null: it is one, and which one cannot be told; undefined: it is none. */
export function currencyOf(written: string): string | null | undefined {
	const folded = written.toLowerCase().replace(/\.$/, "");
	if (shared.has(folded)) return null;
	const code = written.toUpperCase();
	return certain[folded] ?? (codes.has(code) ? code : undefined);
}

/** How many places its amounts have, for example 2 or, of the yen, none. */
export function placesOf(currency: string): number {
	return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
