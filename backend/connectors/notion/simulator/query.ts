import type { Call } from "./call.ts";
import { isRecord, lengthOf, requireArray } from "./checks.ts";
import { pageObject } from "./pages.ts";
import { invalid, listReply, ok, type Reply } from "./replies.ts";
import type { DataSource, Page } from "./state.ts";

type Test = (page: Page) => boolean;

/** `POST /data_sources/{id}/query` */
export function queryDataSource(call: Call): Reply {
	const source = call.dataSource(call.segments[1]);
	const { world, body } = call;
	const test = body.filter === undefined ? () => true : readFilter(body.filter, source);
	const found = [...world.pages.values()].filter(
		(page) => page.dataSourceId === source.id && page.indexed && !page.inTrash && test(page),
	);
	const sorted = sortPages(found, body.sorts);
	const capped = sorted.slice(0, world.queryCap);
	const list = listReply(capped, body, { type: "page_or_data_source", page_or_data_source: {} });
	const results = (Array.isArray(list.results) ? list.results : []).map((page: Page) => pageObject(world, page));
	// Told with the last page that the query gives.
	const isCut = capped.length < sorted.length && list.has_more === false;
	const status = isCut ? { type: "incomplete", incomplete_reason: "query_result_limit_reached" } : { type: "complete" };
	return ok({ ...list, results, request_status: status });
}

function sortPages(pages: readonly Page[], sorts: unknown): Page[] {
	if (sorts === undefined) return [...pages];
	const [sort] = requireArray(sorts);
	if (!isRecord(sort) || sort.timestamp !== "created_time") return invalid("body.sorts is not understood here.");
	const sign = sort.direction === "descending" ? -1 : 1;
	return pages.toSorted((left, right) => sign * left.createdTime.localeCompare(right.createdTime));
}

function readFilter(filter: unknown, source: DataSource): Test {
	if (!isRecord(filter)) return invalid("body failed validation: body.filter should be an object.");
	if (filter.or !== undefined) {
		const tests = requireArray(filter.or).map((part) => readFilter(part, source));
		return (page) => tests.some((test) => test(page));
	}
	if (filter.and !== undefined) {
		const tests = requireArray(filter.and).map((part) => readFilter(part, source));
		return (page) => tests.every((test) => test(page));
	}
	return filter.timestamp === undefined ? propertyTest(filter, source) : timestampTest(filter);
}

function timestampTest(filter: Readonly<Record<string, unknown>>): Test {
	const condition = filter.created_time;
	if (filter.timestamp !== "created_time" || !isRecord(condition) || typeof condition.on_or_after !== "string") {
		return invalid("body.filter is not understood here.");
	}
	const from = Date.parse(condition.on_or_after);
	return (page) => Date.parse(page.createdTime) >= from;
}

function propertyTest(filter: Readonly<Record<string, unknown>>, source: DataSource): Test {
	const property = source.properties.find(({ id, name }) => id === filter.property || name === filter.property);
	if (property === undefined) return invalid(`Could not find property with name or id: ${String(filter.property)}`);
	const condition = filter[property.type];
	if (!isRecord(condition)) return invalid(`database property ${property.type} does not match filter.`);
	const [[kind, wanted] = ["", undefined]] = Object.entries(condition);
	if (typeof wanted === "string") lengthOf(wanted, 2_000);
	const compare = comparisons[kind];
	if (compare === undefined) return invalid(`body.filter.${property.type}.${kind} is not understood here.`);
	const sought = folded(wanted);
	return (page) => compare(foldedPlain(page.values[property.id]), sought);
}

/** Text is compared without its case here, which is the harder of the two for whoever relies on it. */
const comparisons: Readonly<Record<string, (value: unknown, wanted: unknown) => boolean>> = {
	equals: (value, wanted) => value === wanted,
	does_not_equal: (value, wanted) => value !== wanted,
	greater_than: (value, wanted) => typeof value === "number" && value > Number(wanted),
	less_than: (value, wanted) => typeof value === "number" && value < Number(wanted),
	after: (value, wanted) => momentOf(value) > momentOf(wanted),
	before: (value, wanted) => momentOf(value) < momentOf(wanted),
	starts_with: (value, wanted) => String(value).startsWith(String(wanted)),
	contains: (value, wanted) => String(value).includes(String(wanted)),
	is_empty: isEmpty,
	is_not_empty: (value) => !isEmpty(value),
};

function isEmpty(value: unknown): boolean {
	return value === "" || value === null || value === undefined;
}

function momentOf(value: unknown): number {
	return Date.parse(String(value).toUpperCase());
}

function folded(value: unknown): unknown {
	return typeof value === "string" ? value.toLowerCase() : value;
}

/** Values are replaced and never changed, so that what is compared is made once for each: a query looks at every page. */
const madePlain = new WeakMap<object, unknown>();

function foldedPlain(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return folded(value);
	if (!madePlain.has(value)) madePlain.set(value, folded(plain(value)));
	return madePlain.get(value);
}

/** What a filter compares: the text of runs, when a date begins, the name of an option, or the value itself. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((run) => (isRecord(run) ? String(run.plain_text) : "")).join("");
	if (isRecord(value) && typeof value.start === "string") return value.start;
	return isRecord(value) && typeof value.name === "string" ? value.name : value;
}
