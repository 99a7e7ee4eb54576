import type { Located } from "../findings.ts";
import { isThing, textOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import type { Place } from "../values/currency.ts";
import type { Money } from "../values/price.ts";
import { parseSalary } from "../values/salary.ts";
import { termWords } from "./terms.ts";

type Salary = {
	salaryMin?: Located<Money> | null;
	salaryMax?: Located<Money> | null;
	salaryPeriod?: Located<string> | null;
};

/** A pay that was written as one text: `£70K/yr`, `45.000 – 55.000 € brutto im Jahr`. */
export const salaryText = (text: Located<string> | null, place: Place, known: string | null): Salary => {
	const salary = text && parseSalary(text.value, { ...place, known });
	if (text === null || salary === null) return {};
	const at = <T extends Money | string>(value: T | null): Located<T> | null =>
		value === null ? null : { ...text, value };
	return { salaryMin: at(salary.min), salaryMax: at(salary.max), salaryPeriod: at(salary.period) };
};

/** Two amounts out of a `baseSalary` (MonetaryAmount with a QuantitativeValue, a plain number, or a text). */
export const salaryParts = (job: ThingReader, place: Place): Salary => {
	const salary = job.inner("baseSalary", "estimatedSalary")[0];
	const said = textOf(job.thing, "salaryCurrency");
	if (salary === undefined) {
		const one = job.money(said, "baseSalary", "estimatedSalary");
		const text = job.text("baseSalary", "estimatedSalary");
		const spoken = salaryText(text, place, said || null);
		return spoken.salaryMin ? spoken : { salaryMin: one, salaryMax: one };
	}
	const range = salary.inner("value")[0] ?? salary;
	const currency = textOf(salary.thing, "currency") || textOf(range.thing, "currency") || said;
	const single = valuesOf(range.thing, "value").find((value) => !isThing(value));
	const whole =
		typeof single === "string" && !/^\s*[\d.,\s]+\s*$/.test(single)
			? salaryText(range.text("value"), place, currency || null)
			: {};
	const period = range.text("unitText") ?? salary.text("unitText");
	return {
		salaryMin: whole.salaryMin ?? range.money(currency, "minValue", "value"),
		salaryMax: whole.salaryMax ?? range.money(currency, "maxValue", "value"),
		salaryPeriod: (period && { ...period, value: termWords(period.value) }) ?? whole.salaryPeriod ?? null,
	};
};
