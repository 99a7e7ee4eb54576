import type { Call } from "./call.ts";
import { isRecord, lengthOf } from "./checks.ts";
import { invalid, listReply, notFound, ok, type Reply } from "./replies.ts";
import { type DataSource, makeId, type PropertySeed, sameId } from "./state.ts";

const creatable = new Set(
	"rich_text number select multi_select date checkbox url email phone_number files relation people".split(" "),
);
const maxProperties = 500;

/** `GET /users/me` */
export function me({ world, token }: Call): Reply {
	const bot = {
		owner: { type: "workspace", workspace: true },
		workspace_id: world.workspace.id,
		workspace_name: world.workspace.name,
	};
	return ok({ object: "user", id: token.botId, name: "Sheaf", avatar_url: null, type: "bot", bot });
}

/** `POST /search`: data sources by their title. */
export function search(call: Call): Reply {
	const { filter, query = "" } = call.body;
	if (filter !== undefined && !(isRecord(filter) && filter.property === "object")) invalid("body.filter is invalid.");
	if (isRecord(filter) && filter.value === "database") invalid("body.filter.value should be `page` or `data_source`.");
	const isForPages = isRecord(filter) && filter.value === "page";
	const text = String(query).toLowerCase();
	const found = call.world.dataSources.filter(
		(source) => call.sees(source) && !source.inTrash && source.name.toLowerCase().includes(text),
	);
	const results = isForPages ? [] : found.map(dataSourceObject);
	return ok(listReply(results, call.body, { type: "page_or_data_source", page_or_data_source: {} }));
}

/** `GET /databases/{id}` */
export function getDatabase(call: Call): Reply {
	const [, id = ""] = call.segments;
	const database = call.world.databases.find((candidate) => sameId(candidate.id, id));
	const sources = call.world.dataSources.filter((source) => source.databaseId === database?.id);
	if (database === undefined || !sources.some((source) => call.sees(source))) return notFound("database", id);
	return ok({
		object: "database",
		id: database.id,
		title: titleOf(database.name),
		parent: { type: "workspace", workspace: true },
		data_sources: sources.map((source) => ({ id: source.id, name: source.name })),
		is_inline: false,
		in_trash: false,
		url: `https://www.notion.so/${database.id.replaceAll("-", "")}`,
	});
}

/** `GET /data_sources/{id}` */
export function getDataSource(call: Call): Reply {
	return ok(dataSourceObject(call.dataSource(call.segments[1])));
}

/** `PATCH /data_sources/{id}`: adds, renames and removes properties. */
export function updateDataSource(call: Call): Reply {
	const source = call.dataSource(call.segments[1]);
	call.needWrite();
	const { properties = {} } = call.body;
	if (!isRecord(properties)) return invalid("body.properties should be an object.");
	const after = structuredClone(source.properties);
	for (const [key, change] of Object.entries(properties)) applyChange(after, key, change);
	if (after.length > maxProperties) invalid("A data source has at most 500 properties.");
	source.properties = after;
	return ok(dataSourceObject(source));
}

function applyChange(properties: PropertySeed[], key: string, change: unknown): void {
	const at = properties.findIndex(({ id, name }) => id === key || name === key);
	const known = properties[at];
	if (change === null) {
		if (known === undefined || known.type === "title") invalid(`${key} cannot be removed.`);
		properties.splice(at, 1);
	} else if (known === undefined) properties.push(newProperty(key, change));
	else if (isRecord(change) && typeof change.name === "string") known.name = change.name;
}

function newProperty(name: string, config: unknown): PropertySeed {
	const type = isRecord(config) ? Object.keys(config).find((key) => creatable.has(key)) : undefined;
	const inner = isRecord(config) && type !== undefined ? config[type] : undefined;
	if (type === undefined || !isRecord(inner))
		return invalid(`${name} is expected to have the configuration of a type.`);
	const property: PropertySeed = { id: makeId().slice(0, 4), name: lengthOf(name, 200), type };
	if (Array.isArray(inner.options)) {
		property.options = inner.options.map((option) => {
			const text = isRecord(option) ? String(option.name) : "";
			return text === "" || text.includes(",") ? invalid("Invalid select option, commas not allowed.") : text;
		});
	}
	if (typeof inner.format === "string") property.format = inner.format;
	return property;
}

function titleOf(text: string): Record<string, unknown>[] {
	return [{ type: "text", text: { content: text, link: null }, plain_text: text, href: null }];
}

function dataSourceObject({ id, databaseId, name, properties, inTrash }: DataSource): Record<string, unknown> {
	return {
		object: "data_source",
		id,
		title: titleOf(name),
		parent: { type: "database_id", database_id: databaseId },
		in_trash: inTrash,
		properties: Object.fromEntries(properties.map((property) => [property.name, propertyObject(property)])),
	};
}

function propertyObject(property: PropertySeed): Record<string, unknown> {
	const { id, name, type } = property;
	return { id, name, type, [type]: configOf(property) };
}

function configOf({ type, options, format, relatedTo }: PropertySeed): Record<string, unknown> {
	const named = (options ?? []).map((option, index) => ({ id: `opt-${index}`, name: option, color: "default" }));
	const hasOptions = type === "select" || type === "multi_select" || type === "status";
	if (hasOptions) return { options: named };
	if (type === "relation" && relatedTo !== undefined) return { data_source_id: relatedTo, single_property: {} };
	return type === "number" ? { format: format ?? "number" } : {};
}
