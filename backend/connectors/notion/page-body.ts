import type { ConnectorCall } from "../connector.ts";
import { type Answer, type ApiSettings, ask } from "./api.ts";
import { type Block, blockRequest, markdownBlocks, maxChildren } from "./markdown-blocks.ts";
import { AppendReply, BlockReply, BlocksReply, PageReply } from "./replies.ts";

/** Below Notion's 1,000 blocks and 500 KB of one request, with room for what is around them. */
const maxBlocks = 900;
const maxBytes = 400_000;
/** 100 blocks each: a page longer than this was not made by a person. */
const maxPages = 100;

/** A captured text as requests' worth of blocks, in order. */
export function bodyChunks(markdown: string): Record<string, unknown>[][] {
	const chunks: Record<string, unknown>[][] = [];
	let room = { blocks: 0, bytes: 0 };
	for (const block of markdownBlocks(markdown)) {
		const request = blockRequest(block);
		const bytes = Buffer.byteLength(JSON.stringify(request));
		const last = chunks.at(-1);
		const fits = room.blocks >= countOf(block) && room.bytes >= bytes;
		if (last === undefined || !fits || last.length === maxChildren) {
			chunks.push([request]);
			room = { blocks: maxBlocks, bytes: maxBytes };
		} else last.push(request);
		room = { blocks: room.blocks - countOf(block), bytes: room.bytes - bytes };
	}
	return chunks;
}

function countOf({ children }: Block): number {
	return 1 + children.reduce((sum, child) => sum + countOf(child), 0);
}

/** Adds blocks below what the page holds. */
export async function appendChunks(
	settings: ApiSettings,
	call: ConnectorCall,
	body: { pageId: string; chunks: readonly Record<string, unknown>[][] },
): Promise<Answer<null>> {
	for (const children of body.chunks) {
		const path = `blocks/${body.pageId}/children`;
		const answer = await ask(settings, call, { method: "patch", path, body: { children }, reply: AppendReply });
		if (!answer.ok) return answer;
	}
	return { ok: true, value: null };
}

/**
 * Puts new content where the connection's own stood. Blocks that a person made or edited stay, above it. When all are ours one
 * request erases them; otherwise each of ours is one request, which is slow and rare.
 *
 * @param botId who the connection is in `created_by`; null and nothing is known to be ours, so nothing is taken away
 */
export async function replaceBody(
	settings: ApiSettings,
	call: ConnectorCall,
	body: { pageId: string; markdown: string; botId: string | null },
): Promise<Answer<null>> {
	const { pageId, botId } = body;
	const found = await listBlocks(settings, call, pageId);
	if (!found.ok) return found;
	const ours = found.value.filter((block) => botId !== null && block.madeBy === botId && block.editedBy === botId);
	const isAllOurs = ours.length === found.value.length;
	if (isAllOurs && ours.length > 0) {
		const erased = await ask(settings, call, {
			method: "patch",
			path: `pages/${pageId}`,
			body: { erase_content: true },
			reply: PageReply,
		});
		if (!erased.ok) return erased;
	}
	for (const block of isAllOurs ? [] : ours) {
		const removed = await ask(settings, call, { method: "delete", path: `blocks/${block.id}`, reply: BlockReply });
		if (!removed.ok && removed.trouble.kind !== "missing") return removed;
	}
	return appendChunks(settings, call, { pageId, chunks: bodyChunks(body.markdown) });
}

type FoundBlock = { id: string; madeBy: string | null; editedBy: string | null };

async function listBlocks(settings: ApiSettings, call: ConnectorCall, pageId: string): Promise<Answer<FoundBlock[]>> {
	const blocks: FoundBlock[] = [];
	let cursor: string | null = null;
	for (let page = 0; page < maxPages; page += 1) {
		const answer: Answer<(typeof BlocksReply)["static"]> = await ask(settings, call, {
			method: "get",
			path: `blocks/${pageId}/children`,
			query: { page_size: 100, ...(cursor === null ? {} : { start_cursor: cursor }) },
			reply: BlocksReply,
		});
		if (!answer.ok) return answer;
		blocks.push(
			...answer.value.results.map(({ id, created_by: made, last_edited_by: edited }) => ({
				id,
				madeBy: made?.id ?? null,
				editedBy: edited?.id ?? null,
			})),
		);
		cursor = answer.value.has_more ? answer.value.next_cursor : null;
		if (cursor === null) break;
	}
	return { ok: true, value: blocks };
}
