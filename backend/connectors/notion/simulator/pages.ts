import { readBlocks } from "./blocks.ts";
import type { Call } from "./call.ts";
import { isRecord } from "./checks.ts";
import { pageOf } from "./find-page.ts";
import { invalid, listReply, notFound, ok, type Reply } from "./replies.ts";
import { type DataSource, makeId, minuteNow, type Page, sameId, type World } from "./state.ts";
import { emptyValue, readValues } from "./values.ts";

/** Entries of a value that a page object holds; the property endpoint has the rest. */
const maxEntriesInPage = 25;
const cutTypes = new Set(["title", "rich_text", "relation", "people"]);

/** `POST /pages` */
export function createPage(call: Call): Reply {
	const { parent, properties, children } = call.body;
	if (!isRecord(parent) || typeof parent.data_source_id !== "string") {
		return invalid("body failed validation: body.parent.data_source_id should be defined.");
	}
	const source = call.dataSource(parent.data_source_id);
	call.needWrite();
	if (source.inTrash) invalid("Can't edit a page in an archived data source.");
	const page = addPage(call.world, {
		source,
		values: readValues(call.world, source, properties),
		by: call.token.botId,
	});
	page.blocks = readBlocks(children, call.token.botId);
	call.world.tell(page, "page.created", call.token.botId);
	return ok(pageObject(call.world, page));
}

export function addPage(
	world: World,
	{ source, values, by }: { source: DataSource; values: Record<string, unknown>; by: string },
): Page {
	const now = minuteNow();
	const page: Page = {
		id: makeId(),
		dataSourceId: source.id,
		createdTime: now,
		editedTime: now,
		createdBy: by,
		editedBy: by,
		inTrash: false,
		values,
		blocks: [],
		indexed: !world.indexLags,
	};
	world.pages.set(page.id, page);
	return page;
}

/** `GET /pages/{id}` */
export function getPage(call: Call): Reply {
	return ok(pageObject(call.world, pageOf(call, call.segments[1])));
}

/** `PATCH /pages/{id}` */
export function updatePage(call: Call): Reply {
	const page = pageOf(call, call.segments[1]);
	const source = call.dataSource(page.dataSourceId);
	call.needWrite();
	const { in_trash: toTrash, archived = toTrash, erase_content: erases, properties } = call.body;
	if (page.inTrash && archived !== false) {
		invalid("Can't edit block that is archived. You must unarchive the block before editing.");
	}
	const values = readValues(call.world, source, properties);
	const to = typeof archived === "boolean" ? archived : page.inTrash;
	changePage(call.world, page, { values, inTrash: to, by: call.token.botId });
	if (erases === true) page.blocks = [];
	return ok(pageObject(call.world, page));
}

export function changePage(
	world: World,
	page: Page,
	{ values, inTrash, by }: { values: Record<string, unknown>; inTrash: boolean; by: string },
): void {
	Object.assign(page.values, values);
	const wasInTrash = page.inTrash;
	page.inTrash = inTrash;
	page.editedTime = minuteNow();
	page.editedBy = by;
	if (inTrash === wasInTrash) world.tell(page, "page.properties_updated", by);
	else world.tell(page, inTrash ? "page.deleted" : "page.undeleted", by);
}

/** `GET /pages/{id}/properties/{property}`: a value as a list of its entries. */
export function getProperty(call: Call): Reply {
	const page = pageOf(call, call.segments[1]);
	const property = call.dataSource(page.dataSourceId).properties.find(({ id }) => id === call.segments[3]);
	if (property === undefined) return notFound("property", call.segments[3] ?? "");
	const { id, type } = property;
	const value = page.values[id] ?? emptyValue(type);
	if (!Array.isArray(value)) return ok({ object: "property_item", id, type, [type]: value });
	const items = value.map((entry) => ({ object: "property_item", id, type, [type]: entry }));
	const asked = { start_cursor: call.query.get("start_cursor"), page_size: call.query.get("page_size") ?? 100 };
	return ok(listReply(items, asked, { type: "property_item", property_item: { id, type, next_url: null } }));
}

export function pageObject(world: World, page: Page): Record<string, unknown> {
	const source = world.dataSources.find((candidate) => sameId(candidate.id, page.dataSourceId));
	const properties = (source?.properties ?? []).map(({ id, name, type }) => {
		const value = page.values[id] ?? emptyValue(type);
		const shown = Array.isArray(value) && cutTypes.has(type) ? value.slice(0, maxEntriesInPage) : value;
		return [name, { id, type, [type]: shown }];
	});
	return {
		object: "page",
		id: page.id,
		created_time: page.createdTime,
		last_edited_time: page.editedTime,
		created_by: { object: "user", id: page.createdBy },
		last_edited_by: { object: "user", id: page.editedBy },
		in_trash: page.inTrash,
		archived: page.inTrash,
		url: `https://www.notion.so/${page.id.replaceAll("-", "")}`,
		parent: {
			type: "data_source_id",
			data_source_id: page.dataSourceId,
			database_id: source?.databaseId ?? page.dataSourceId,
		},
		properties: Object.fromEntries(properties),
	};
}
