import type { Call } from "./call.ts";
import { isRecord, readRichText, requireArray } from "./checks.ts";
import { pageOf } from "./find-page.ts";
import { invalid, listReply, notFound, ok, type Reply } from "./replies.ts";
import { makeId, type Page, type StoredBlock, sameId } from "./state.ts";

/** Levels of blocks in one request: the top and two below. */
const maxLevels = 3;
const maxBlocks = 1_000;

const textTypes = new Set(
	"paragraph heading_1 heading_2 heading_3 bulleted_list_item numbered_list_item to_do quote code toggle callout".split(
		" ",
	),
);
const otherTypes = new Set(["divider", "image", "table", "table_row", "bookmark"]);
const codeLanguages = new Set(
	"plain text,javascript,typescript,python,bash,shell,json,html,css,sql,go,rust,java".split(","),
);

/** Reads `children` as blocks; nothing is applied here. */
export function readBlocks(value: unknown, botId: string): StoredBlock[] {
	const count = { blocks: 0 };
	return readLevel(value, { botId, level: 1, count });
}

type Level = { botId: string; level: number; count: { blocks: number } };

function readLevel(value: unknown, at: Level): StoredBlock[] {
	if (value === undefined) return [];
	if (at.level > maxLevels)
		return invalid("body failed validation: children should be nested two levels deep at most.");
	return requireArray(value).map((entry) => {
		at.count.blocks += 1;
		if (at.count.blocks > maxBlocks) return invalid("body failed validation: more than 1000 blocks.");
		return readBlock(entry, at);
	});
}

function readBlock(entry: unknown, at: Level): StoredBlock {
	const type = isRecord(entry) ? String(entry.type) : "";
	const given = isRecord(entry) ? entry[type] : undefined;
	if (!isRecord(given) || !(textTypes.has(type) || otherTypes.has(type))) {
		return invalid(`body failed validation: block of type ${type} is not defined.`);
	}
	const { children, ...content } = given;
	if (textTypes.has(type)) content.rich_text = readRichText(content.rich_text);
	if (type === "code" && !codeLanguages.has(String(content.language)))
		invalid("code.language should be a known language.");
	if (type === "image" && !(isRecord(content.external) && URL.canParse(String(content.external.url)))) {
		invalid("body failed validation: image.external.url should be an address.");
	}
	const below = readLevel(children, { ...at, level: at.level + 1 });
	if (type === "table_row") content.cells = requireArray(content.cells).map(readRichText);
	if (type === "table") checkTable(content, below);
	return { id: makeId(), type, content, children: below, createdBy: at.botId, editedBy: at.botId };
}

function checkTable(content: Record<string, unknown>, rows: readonly StoredBlock[]): void {
	const isWhole = rows.every(({ content: { cells } }) => Array.isArray(cells) && cells.length === content.table_width);
	if (rows.length === 0 || !isWhole)
		invalid("Number of cells in table row must match the table width of the parent table.");
}

/** `PATCH /blocks/{page}/children` */
export function appendChildren(call: Call): Reply {
	const page = pageOf(call, call.segments[1]);
	call.needWrite();
	const blocks = readBlocks(call.body.children, call.token.botId);
	page.blocks.push(...blocks);
	return ok({ object: "list", results: blocks.map(blockObject), next_cursor: null, has_more: false, type: "block" });
}

/** `GET /blocks/{page or block}/children` */
export function listChildren(call: Call): Reply {
	const [, id = ""] = call.segments;
	const asked = { start_cursor: call.query.get("start_cursor"), page_size: call.query.get("page_size") ?? 100 };
	const nested = findBlock(call, id);
	const blocks = nested?.block.children ?? pageOf(call, id).blocks;
	return ok(listReply(blocks.map(blockObject), asked, { type: "block", block: {} }));
}

/** `DELETE /blocks/{id}` */
export function deleteBlock(call: Call): Reply {
	const [, id = ""] = call.segments;
	const found = findBlock(call, id);
	if (found === null) return notFound("block", id);
	call.needWrite();
	found.page.blocks = found.page.blocks.filter((block) => block !== found.block);
	return ok({ ...blockObject(found.block), in_trash: true });
}

function findBlock({ world }: Call, id: string): { page: Page; block: StoredBlock } | null {
	for (const page of world.pages.values()) {
		const block = page.blocks.find((candidate) => sameId(candidate.id, id));
		if (block !== undefined) return { page, block };
	}
	return null;
}

function blockObject({ id, type, content, children, createdBy, editedBy }: StoredBlock): Record<string, unknown> {
	return {
		object: "block",
		id,
		type,
		has_children: children.length > 0,
		created_by: { object: "user", id: createdBy },
		last_edited_by: { object: "user", id: editedBy },
		in_trash: false,
		[type]: content,
	};
}
