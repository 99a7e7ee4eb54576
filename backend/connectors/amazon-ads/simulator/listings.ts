import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import type { Entity } from "../replies.ts";
import { refusal, withNumbers } from "./refusal.ts";
import type { Collection, World } from "./world.ts";

/** A way of asking for a collection. */
export type Listing = { collection: Collection; member: string; id: string; media: string };

/** Posted, with versioned media types in both headers. */
export const postedListings: Readonly<Record<string, Listing>> = {
	"/sp/campaigns/list": {
		collection: "spCampaigns",
		member: "campaigns",
		id: "campaignId",
		media: "application/vnd.spCampaign.v3+json",
	},
	"/sp/adGroups/list": {
		collection: "spAdGroups",
		member: "adGroups",
		id: "adGroupId",
		media: "application/vnd.spAdGroup.v3+json",
	},
	"/sb/v4/campaigns/list": {
		collection: "sbCampaigns",
		member: "campaigns",
		id: "campaignId",
		media: "application/vnd.sbcampaignresource.v4+json",
	},
};

const State = Type.Union([Type.Literal("ENABLED"), Type.Literal("PAUSED"), Type.Literal("ARCHIVED")]);
const Body = Type.Object(
	{
		maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
		nextToken: Type.Optional(Type.String({ minLength: 1 })),
		stateFilter: Type.Optional(Type.Object({ include: Type.Array(State, { minItems: 1 }) })),
	},
	{ additionalProperties: false },
);

/** A token says after which id it goes on and under which filter, and is good for that filter alone. */
const Token = Type.Object({ after: Type.String(), filter: Type.String() });

export function answerPosted(
	world: World,
	request: SimulatedRequest,
	{ listing, profile }: { listing: Listing; profile: string },
): SimulatedReply {
	if (request.headers["content-type"] !== listing.media) {
		return refusal(415, "UNSUPPORTED_MEDIA_TYPE", `Cannot consume content type ${request.headers["content-type"]}`);
	}
	if (request.headers.accept !== listing.media) return refusal(406, "NOT_ACCEPTABLE", "Not acceptable");
	const body = parsed(Body, request.bytes.toString("utf8"));
	if (body === null) return refusal(400, "INVALID_ARGUMENT", "The request is malformed");
	const filter = JSON.stringify(body.stateFilter?.include ?? []);
	const token = body.nextToken === undefined ? { after: "0", filter } : readToken(body.nextToken);
	if (token === null || token.filter !== filter) return refusal(400, "INVALID_ARGUMENT", "Invalid nextToken");
	const states = new Set<string>(body.stateFilter?.include ?? []);
	const meant = world
		.entities(profile, listing.collection)
		.filter(({ state }) => states.size === 0 || states.has(String(state)))
		.toSorted((one, other) => (idOf(listing, one) < idOf(listing, other) ? -1 : 1));
	const left = meant.filter((entry) => idOf(listing, entry) > BigInt(token.after));
	const entries = left.slice(0, body.maxResults ?? 100);
	const last = entries.at(-1);
	const isMore = left.length > entries.length && last !== undefined;
	const nextToken = isMore ? { nextToken: writeToken({ after: String(idOf(listing, last)), filter }) } : {};
	return {
		status: 200,
		body: { [listing.member]: entries, totalResults: meant.length, ...nextToken },
		headers: { "content-type": listing.media },
	};
}

function idOf({ id }: Listing, entry: Entity): bigint {
	return BigInt(String(entry[id]));
}

function parsed<Schema extends TSchema>(schema: Schema, text: string): Static<Schema> | null {
	try {
		const value: unknown = JSON.parse(text);
		return Value.Check(schema, value) ? value : null;
	} catch {
		return null;
	}
}

function writeToken(token: Static<typeof Token>): string {
	return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function readToken(text: string): Static<typeof Token> | null {
	return parsed(Token, Buffer.from(text, "base64url").toString("utf8"));
}

/** Sponsored Display: an array, its ids as numbers. */
export function answerDisplay(world: World, { query }: SimulatedRequest, profile: string): SimulatedReply {
	const page = pageOf(query, world.entities(profile, "sdCampaigns"));
	return page === null
		? refusal(400, "400", "startIndex or count is wrong")
		: withNumbers(page, "campaignId", "portfolioId");
}

export function answerAdvertisers(world: World, { query }: SimulatedRequest, profile: string): SimulatedReply {
	return dspPage(query, world.entities(profile, "advertisers"));
}

export function answerOrders(world: World, { query, headers }: SimulatedRequest, profile: string): SimulatedReply {
	if (headers.accept !== "application/vnd.dsporders.v2.2+json") {
		return { status: 415, body: { message: "Invalid `accept` header provided." } };
	}
	const advertisers = query.get("advertiserIdFilter")?.split(",") ?? [];
	if (advertisers.length === 0) return { status: 422, body: { message: "Validation Error" } };
	const meant = world
		.entities(profile, "orders")
		.filter(({ advertiserId }) => advertisers.includes(String(advertiserId)));
	return dspPage(query, meant);
}

function dspPage(query: URLSearchParams, all: readonly Entity[]): SimulatedReply {
	const response = pageOf(query, all);
	if (response === null) return { status: 422, body: { message: "Validation Error" } };
	return { status: 200, body: { totalResults: all.length, response } };
}

function pageOf(query: URLSearchParams, all: readonly Entity[]): Entity[] | null {
	const [start, count] = [Number(query.get("startIndex") ?? 0), Number(query.get("count") ?? 100)];
	const isSound = Number.isInteger(start) && start >= 0 && Number.isInteger(count) && count >= 1 && count <= 100;
	return isSound ? all.slice(start, start + count) : null;
}
