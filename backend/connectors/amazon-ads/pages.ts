import { type TSchema, Type } from "@sinclair/typebox";
import type { SourceTotal } from "../../contract/sources.ts";
import type { ConnectorCall } from "../connector.ts";
import type { SourceQuery } from "../source.ts";
import { type Answer, ask } from "./api.ts";
import type { Paging } from "./entities.ts";
import type { AmazonAddresses, ProfilePlace } from "./regions.ts";
import { DspReply, type Entity, EntityList } from "./replies.ts";

/** A page of entities as Amazon pages them; `next` is what `query.cursor` is to be, null at the end. */
export type EntityPage = { entries: Entity[]; next: string | null; total?: SourceTotal };

type Asked = { addresses: AmazonAddresses; call: ConnectorCall; at: ProfilePlace; query: SourceQuery };
type PagingBy<By extends Paging["by"]> = Extract<Paging, { by: By }>;

export async function askPage(asked: Asked, paging: Exclude<Paging, { by: "report" }>): Promise<Answer<EntityPage>> {
	switch (paging.by) {
		case "token":
			return await byToken(asked, paging);
		case "index":
			return await byIndex(asked, paging);
		case "dsp":
			return paging.ofAdvertisers ? await ofAdvertisers(asked, paging) : await byDsp(asked, paging);
	}
}

/** A token is kept as it came, behind a mark that tells it from another way of paging. */
async function byToken(
	{ addresses, call, at, query }: Asked,
	{ path, media, member, maxPerPage }: PagingBy<"token">,
): Promise<Answer<EntityPage>> {
	const nextToken = /^t:(.+)$/s.exec(query.cursor ?? "")?.[1];
	const states = statesAsked(query);
	const json = {
		maxResults: Math.min(query.limit, maxPerPage),
		...(nextToken === undefined ? {} : { nextToken }),
		...(states === null ? {} : { stateFilter: { include: [states] } }),
	};
	const answer = await ask(addresses, call, { method: "POST", path, at, media, json, reply: tokenReply(member) });
	if (!answer.ok) return answer;
	const { [member]: entries = [], nextToken: next, totalResults } = answer.value as TokenReply;
	const page = { entries: entries as Entity[], next: typeof next === "string" && next !== "" ? `t:${next}` : null };
	return { ok: true, value: typeof totalResults === "number" ? { ...page, total: exactly(totalResults) } : page };
}

type TokenReply = Record<string, unknown>;

/** The member with the entries is asked for: cut short, a reply would otherwise pass for an empty page. */
function tokenReply(member: string): TSchema {
	return Type.Object({
		[member]: EntityList,
		nextToken: Type.Optional(Type.Union([Type.String(), Type.Null()])),
		totalResults: Type.Optional(Type.Integer()),
	});
}

/** The one state that is asked for, where it is: Amazon can leave the others out. */
function statesAsked({ filter }: SourceQuery): string | null {
	const asked = filter.find(({ column, op }) => column === "state" && op === "is")?.value;
	return typeof asked === "string" && /^(enabled|paused|archived)$/i.test(asked) ? asked.toUpperCase() : null;
}

async function byIndex(
	{ addresses, call, at, query }: Asked,
	{ path, maxPerPage }: PagingBy<"index">,
): Promise<Answer<EntityPage>> {
	const [start = 0] = numbersIn("i", query.cursor);
	const count = Math.min(query.limit, maxPerPage);
	const asked = `${path}?startIndex=${start}&count=${count}`;
	const answer = await ask(addresses, call, { method: "GET", path: asked, at, reply: EntityList });
	if (!answer.ok) return answer;
	const entries = answer.value;
	return { ok: true, value: { entries, next: entries.length < count ? null : `i:${start + entries.length}` } };
}

async function byDsp(
	{ query, ...asked }: Asked,
	{ path, media, maxPerPage }: PagingBy<"dsp">,
): Promise<Answer<EntityPage>> {
	const [start = 0] = numbersIn("i", query.cursor);
	const part = await askPart(asked, { path, media, start, count: Math.min(query.limit, maxPerPage) });
	if (!part.ok) return part;
	const { entries, seen, isLast, all } = part.value;
	const page = { entries, next: isLast ? null : `i:${seen}` };
	return { ok: true, value: all === undefined ? page : { ...page, total: exactly(all) } };
}

/** Orders are given for named advertisers only, so these are asked for first, a hundred at a time: `o:<advertisers>:<orders>`. */
async function ofAdvertisers(
	{ query, ...asked }: Asked,
	{ path, media, maxPerPage }: PagingBy<"dsp">,
): Promise<Answer<EntityPage>> {
	const [before = 0, start = 0] = numbersIn("o", query.cursor);
	const found = await askPart(asked, { path: "/dsp/advertisers", start: before, count: advertisersAtOnce });
	if (!found.ok) return found;
	const ids = found.value.entries.flatMap(({ advertiserId }) =>
		typeof advertiserId === "string" ? [encodeURIComponent(advertiserId)] : [],
	);
	if (ids.length === 0) return { ok: true, value: { entries: [], next: null } };
	const filter = `&advertiserIdFilter=${ids.join(",")}`;
	const part = await askPart(asked, { path, media, filter, start, count: Math.min(query.limit, maxPerPage) });
	if (!part.ok) return part;
	const { entries, seen, isLast } = part.value;
	if (!isLast) return { ok: true, value: { entries, next: `o:${before}:${seen}` } };
	return { ok: true, value: { entries, next: found.value.isLast ? null : `o:${found.value.seen}:0` } };
}

type PartAsked = { path: string; media?: string; filter?: string; start: number; count: number };
/** `seen`: how many are through with this part; `all`: how many there are, where DSP says so. */
type Part = { entries: Entity[]; seen: number; isLast: boolean; all: number | undefined };

async function askPart(
	{ addresses, call, at }: Omit<Asked, "query">,
	{ path, media, filter = "", start, count }: PartAsked,
): Promise<Answer<Part>> {
	const request = {
		method: "GET",
		path: `${path}?startIndex=${start}&count=${count}${filter}`,
		at,
		reply: DspReply,
	} as const;
	const answer = await ask(addresses, call, { ...request, ...(media === undefined ? {} : { media }) });
	if (!answer.ok) return answer;
	const { response: entries = [], totalResults: all } = answer.value;
	const seen = start + entries.length;
	const isLast = entries.length === 0 || (all === undefined ? entries.length < count : seen >= all);
	return { ok: true, value: { entries, seen, isLast, all } };
}

const advertisersAtOnce = 100;

/** The numbers of a cursor of this way of paging; none where it is another's, and then it begins anew. */
function numbersIn(mark: string, cursor: string | null): number[] {
	const found = new RegExp(`^${mark}:(\\d{1,9})(?::(\\d{1,9}))?$`).exec(cursor ?? "");
	return found === null ? [] : found.slice(1).flatMap((text) => (text === undefined ? [] : [Number(text)]));
}

function exactly(count: number): SourceTotal {
	return { count, exact: true };
}
