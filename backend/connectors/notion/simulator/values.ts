import { isRecord, lengthOf, readRichText, requireArray } from "./checks.ts";
import { invalid, notFound } from "./replies.ts";
import { type DataSource, makeId, type PropertySeed, sameId, type World } from "./state.ts";

type Place = { world: World; property: PropertySeed };
type Check = (value: unknown, place: Place) => unknown;

/** What each writable type takes, and how it is kept; everything else is refused as Notion refuses it. */
const checks: Readonly<Record<string, Check>> = {
	title: (value) => readRichText(value),
	rich_text: (value) => readRichText(value),
	number: (value) => (value === null || typeof value === "number" ? value : expected("a number", value)),
	checkbox: (value) => (typeof value === "boolean" ? value : expected("a boolean", value)),
	url: (value) => shortText(value, 2_000),
	email: (value) => shortText(value, 200),
	phone_number: (value) => shortText(value, 200),
	date: checkDate,
	select: (value, place) => (value === null ? null : option(value, place)),
	status: (value, place) => (value === null ? null : status(value, place)),
	multi_select: (value, place) => requireArray(value).map((entry) => option(entry, place)),
	relation: (value, { world }) => requireArray(value).map((entry) => related(entry, world)),
	files: (value, { world }) => requireArray(value).map((entry) => file(entry, world)),
};

/** Reads `properties` of a page's request; nothing is applied here. Keys are names or ids. */
export function readValues(world: World, source: DataSource, properties: unknown): Record<string, unknown> {
	if (properties === undefined) return {};
	if (!isRecord(properties)) return invalid("body failed validation: body.properties should be an object.");
	const values: Record<string, unknown> = {};
	for (const [key, given] of Object.entries(properties)) {
		const property = source.properties.find(({ id, name }) => id === key || name === key);
		if (property === undefined) return invalid(`${key} is not a property that exists.`);
		const check = checks[property.type];
		if (check === undefined) return invalid(`${property.name} is a read-only property.`);
		if (!isRecord(given) || !(property.type in given)) {
			return invalid(`${property.name} is expected to be ${property.type}.`);
		}
		values[property.id] = check(given[property.type], { world, property });
	}
	return values;
}

/** How a property that was never written stands in a page. */
export function emptyValue(type: string): unknown {
	if (["title", "rich_text", "multi_select", "relation", "files", "people"].includes(type)) return [];
	return type === "checkbox" ? false : null;
}

function expected(wanted: string, value: unknown): never {
	return invalid(`body failed validation: value should be ${wanted}, instead was \`${JSON.stringify(value)}\`.`);
}

function shortText(value: unknown, limit: number): unknown {
	if (value === null) return null;
	if (typeof value !== "string" || value === "") return expected("a string with content, or null", value);
	return lengthOf(value, limit);
}

function checkDate(value: unknown): unknown {
	if (value === null) return null;
	const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
	const { start, end = null } = isRecord(value) ? value : {};
	for (const moment of [start, end]) {
		const isFine = typeof moment === "string" && shape.test(moment) && !Number.isNaN(Date.parse(moment));
		if (!isFine && (moment === start || moment !== null)) return expected("a valid ISO 8601 date string", moment);
	}
	return { start: zoned(start), end: end === null ? null : zoned(end), time_zone: null };
}

/** Instants come back with the offset written out. */
function zoned(moment: unknown): unknown {
	return typeof moment === "string" ? moment.replace(/Z$/, "+00:00") : moment;
}

function option(value: unknown, { property }: Place): unknown {
	const name = isRecord(value) ? value.name : undefined;
	if (typeof name !== "string" || name === "") return expected("an option with a name", value);
	if (name.includes(",")) return invalid("Invalid select option, commas not allowed.");
	lengthOf(name, 100);
	property.options ??= [];
	if (!property.options.includes(name)) property.options.push(name);
	return { id: `opt-${property.options.indexOf(name)}`, name, color: "default" };
}

function status(value: unknown, { property }: Place): unknown {
	const name = isRecord(value) ? value.name : undefined;
	if (typeof name !== "string" || !(property.options ?? []).includes(name)) {
		return invalid(`Status option "${String(name)}" does not exist.`);
	}
	return { id: `sta-${name}`, name, color: "default" };
}

function related(value: unknown, world: World): unknown {
	const id = isRecord(value) && typeof value.id === "string" ? value.id : expected("a page reference", value);
	const page = [...world.pages.values()].find((candidate) => sameId(candidate.id, id));
	return page === undefined ? notFound("page", id) : { id: page.id };
}

function file(value: unknown, world: World): unknown {
	if (!isRecord(value)) return expected("a file", value);
	const { external, file_upload: uploaded, file: hosted, name } = value;
	if (isRecord(external) && typeof external.url === "string") {
		if (typeof name !== "string") return expected("a file with a name", value);
		if (!URL.canParse(external.url)) return invalid("Invalid URL for link.");
		return { type: "external", name: lengthOf(name, 100), external: { url: lengthOf(external.url, 2_000) } };
	}
	if (isRecord(hosted) && typeof hosted.url === "string") return { type: "file", name, file: hosted };
	const upload = isRecord(uploaded) ? world.uploads.get(String(uploaded.id)) : undefined;
	if (upload?.status !== "uploaded") return invalid("The file upload is not ready to be attached.");
	return {
		type: "file",
		name: typeof name === "string" ? name : upload.name,
		file: {
			url: `https://files.notion.invalid/${makeId()}`,
			expiry_time: new Date(Date.now() + 3_600_000).toISOString(),
		},
	};
}
