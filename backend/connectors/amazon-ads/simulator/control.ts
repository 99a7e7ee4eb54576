import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { OAuthClient } from "./login.ts";
import { ProfileSeed, type World } from "./world.ts";

const EntitySeed = Type.Object({
	/** As Sheaf names it: `eu:3201`. */
	profile: Type.String(),
	collection: Type.Union([
		Type.Literal("spCampaigns"),
		Type.Literal("spAdGroups"),
		Type.Literal("sbCampaigns"),
		Type.Literal("sdCampaigns"),
		Type.Literal("advertisers"),
		Type.Literal("orders"),
	]),
	entries: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});
export type EntitySeed = Static<typeof EntitySeed>;

type Handler = (world: World, request: SimulatedRequest) => SimulatedReply;

/** For tests in other processes: JSON under `/__control`. */
const handlers: Readonly<Record<string, Handler>> = {
	"GET /ready": () => ok({ ready: true }),
	"POST /clients": checked(OAuthClient, (world, client) => world.login.register(client)),
	"POST /profiles": checked(ProfileSeed, (world, profile) => void world.profiles.push(profile)),
	"POST /entities": checked(EntitySeed, (world, { profile, collection, entries }) => {
		const known = world.entities(profile, collection);
		known.splice(0, known.length, ...entries);
	}),
	"POST /expire": (world) => {
		world.login.expireAccess();
		return ok({});
	},
	"POST /revoke": (world) => {
		world.login.revokeGrants();
		return ok({});
	},
};

export function answerControl(world: World, request: SimulatedRequest): SimulatedReply {
	const handler = handlers[`${request.method} ${request.pathname.slice("/__control".length)}`];
	return handler === undefined ? { status: 404, body: {} } : handler(world, request);
}

function ok(body: unknown): SimulatedReply {
	return { status: 200, body };
}

function checked<Schema extends TSchema>(
	schema: Schema,
	handle: (world: World, body: Static<Schema>) => void,
): Handler {
	return (world, { body }) => {
		if (!Value.Check(schema, body))
			return { status: 400, body: { problem: [...Value.Errors(schema, body)][0]?.message } };
		handle(world, body);
		return ok({});
	};
}
