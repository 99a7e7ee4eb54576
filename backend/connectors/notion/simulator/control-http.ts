import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { FaultRule } from "../../airtable/simulator/faults.ts";
import type { SimulatorControl } from "./control.ts";
import { failure, ok, type Reply } from "./replies.ts";
import { DatabaseSeed, TokenSeed } from "./state.ts";

type ControlRequest = { method: string; url: URL; body: unknown };
type Handler = (control: SimulatorControl, request: ControlRequest) => Reply | Promise<Reply>;

const Client = Type.Object({
	clientId: Type.String(),
	clientSecret: Type.String(),
	redirectUris: Type.Array(Type.String()),
});
const SettingsBody = Type.Partial(
	Type.Object({
		requestsPerMinute: Type.Union([Type.Integer(), Type.Null()]),
		queryCap: Type.Integer(),
		indexLags: Type.Boolean(),
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		mayWrite: Type.Boolean(),
	}),
);
const PropertyAt = Type.Object({ dataSource: Type.String(), property: Type.String() });

/** The same hand as `SimulatorControl`, for tests in other processes: JSON under `/__control`. */
const handlers: Readonly<Record<string, Handler>> = {
	"POST /databases": checked(DatabaseSeed, (control, seed) => control.addDatabase(seed)),
	"POST /tokens": checked(TokenSeed, (control, seed) => control.addToken(seed)),
	"POST /tokens/revoke": checked(Type.Object({ token: Type.Optional(Type.String()) }), (control, { token }) =>
		control.revoke(token),
	),
	"POST /clients": checked(Client, (control, client) => control.addClient(client)),
	"POST /settings": checked(SettingsBody, (control, settings) => control.set(settings)),
	"POST /properties/remove": checked(PropertyAt, (control, { dataSource, property }) =>
		control.removeProperty(dataSource, property),
	),
	"GET /rows": (control, { url }) => ok({ rows: control.rows(url.searchParams.get("dataSource") ?? "") }),
	"GET /requests": (control) => ok({ requests: control.requests() }),
	"GET /faults": (control) => ok({ faults: control.faults() }),
	"POST /faults": (control, { body }) =>
		Value.Check(FaultRule, body) ? ok(control.plan(body).view()) : failure(400, "control", "not a fault"),
	"POST /faults/release": checked(Type.Object({ id: Type.Integer() }), (control, { id }) =>
		control.fault(id)?.release(),
	),
	"POST /reset": (control) => {
		control.reset();
		return ok({});
	},
};

/** Answers one request whose path begins with `/__control`. */
export async function answerControl(hand: SimulatorControl, request: ControlRequest): Promise<Reply> {
	const path = request.url.pathname.slice("/__control".length);
	const handler = handlers[`${request.method} ${path}`];
	if (handler === undefined) return failure(404, "control", "no such control");
	try {
		return await handler(hand, request);
	} catch (error) {
		return failure(400, "control", error instanceof Error ? error.message : String(error));
	}
}

function checked<Schema extends TSchema>(
	schema: Schema,
	handle: (hand: SimulatorControl, body: Static<Schema>) => void,
): Handler {
	return (hand, { body }) => {
		if (!Value.Check(schema, body)) return failure(400, "control", "is not understood");
		handle(hand, body);
		return ok({});
	};
}
