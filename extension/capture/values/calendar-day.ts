const pad = (value: string | number): string => String(value).padStart(2, "0");

/** `YYYY-MM-DD` when the day exists in the calendar, and the year is one that pages have dates of. */
export const calendarDay = (year: string | number, month: string | number, day: string | number): string | null => {
	const [y, m, d] = [Number(year), Number(month), Number(day)];
	if (!(y >= 0 && y <= 9_999 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m))) return null;
	return `${pad(y).padStart(4, "0")}-${pad(m)}-${pad(d)}`;
};

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Counted rather than asked of a `Date`: a page's texts are tried as days by the dozen. */
const daysIn = (year: number, month: number): number => {
	if (month === 2) return isLeap(year) ? 29 : 28;
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** Years of Japan's eras begin in these: 令和8年 is 2026. `元` is the first. */
const eras: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };

/** `令和8年` with its year of the common era, for every era in the text. */
export const withoutEras = (text: string): string =>
	text.replace(/(令和|平成|昭和|大正|明治)\s?(元|\d{1,2})年/g, (_whole, era: string, year: string) => {
		const first = eras[era] ?? 0;
		return `${first + (year === "元" ? 1 : Number(year))}年`;
	});

/** Thai pages count from the Buddha's death: 543 years more. No page has a date of 2400 in the common era. */
export const commonYear = (year: number): number => (year >= 2_400 && year < 2_700 ? year - 543 : year);

const dayMs = 86_400_000;

/** The day of the common calendar that is this day of another one the platform knows (`persian`, `islamic-umalqura`), or null. */
const dayIn = (
	calendar: string,
	{ year, month, day }: { year: number; month: number; day: number },
	near: number,
): string | null => {
	const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
		year: "numeric",
		month: "numeric",
		day: "numeric",
		timeZone: "UTC",
	});
	const read = (at: number): number[] => {
		const parts = format.formatToParts(at);
		return ["year", "month", "day"].map((type) =>
			Number.parseInt(parts.find((part) => part.type === type)?.value ?? "", 10),
		);
	};
	let at = near;
	for (let tries = 0; tries < 6; tries += 1) {
		const [foundYear = 0, foundMonth = 0, foundDay = 0] = read(at);
		if (!(foundYear > 0)) return null;
		const off = (year - foundYear) * 365 + (month - foundMonth) * 30 + (day - foundDay);
		if (off === 0 && foundMonth === month) return new Date(at).toISOString().slice(0, 10);
		at += off * dayMs;
	}
	return null;
};

/** The months of the Persian year as Persian pages write them. */
const persianMonths = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");

/** `۱۵ اسفند ۱۴۰۴` (with its digits in ASCII) as a day of the common calendar, or null. */
export const fromPersian = (text: string): string | null => {
	const match = /(\d{1,2})\s+(\p{L}+)(?:\s+ماه)?\s*،?\s+(1[34]\d{2})(?!\d)/u.exec(
		text.replaceAll("ي", "ی").replaceAll("ك", "ک"),
	);
	const numeric = /(?<!\d)(1[34]\d{2})\/(\d{1,2})\/(\d{1,2})(?!\d)/.exec(text);
	const month = match === null ? Number(numeric?.[2]) : persianMonths.indexOf(match[2] ?? "") + 1;
	const [year, day] =
		match === null ? [Number(numeric?.[1]), Number(numeric?.[3])] : [Number(match[3]), Number(match[1])];
	if (!(month >= 1) || !(year > 0) || !(day >= 1)) return null;
	return dayIn("persian", { year, month, day }, Date.UTC(year + 621, month + 1, day + 20));
};
