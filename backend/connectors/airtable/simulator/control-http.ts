import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SimulatorControl } from "./control.ts";
import { FaultRule } from "./faults.ts";
import { OAuthAccount, OAuthClient, OAuthSettings } from "./oauth/authorization-server.ts";
import { failure, notFound, ok, type Reply } from "./replies.ts";
import { BaseSeed } from "./seed.ts";
import { PermissionLevel } from "./state.ts";
import { TokenSeed } from "./tokens.ts";

export type ControlRequest = { method: string; url: URL; body: unknown };
type Handler = (control: SimulatorControl, request: ControlRequest) => Reply | Promise<Reply>;

const RowSeed = Type.Object({
	base: Type.String(),
	table: Type.String(),
	cells: Type.Record(Type.String(), Type.Unknown()),
});
const RowAt = Type.Object({ base: Type.String(), table: Type.String(), row: Type.String() });
const RowEdit = Type.Composite([RowAt, Type.Object({ cells: Type.Record(Type.String(), Type.Unknown()) })]);
const Settings = Type.Object({
	limits: Type.Optional(
		Type.Partial(
			Type.Object({
				requestsPerSecondPerBase: Type.Number(),
				requestsPerSecondPerUser: Type.Number(),
				penaltyMs: Type.Number(),
			}),
		),
	),
	permission: Type.Optional(Type.Object({ base: Type.String(), level: PermissionLevel })),
	oauth: Type.Optional(Type.Partial(OAuthSettings)),
	exhausted: Type.Optional(Type.Object({ base: Type.String(), value: Type.Boolean() })),
	removeField: Type.Optional(Type.Object({ base: Type.String(), table: Type.String(), field: Type.String() })),
	removeTable: Type.Optional(Type.Object({ base: Type.String(), table: Type.String() })),
});

/** The same hand as `SimulatorControl`, for tests in other processes: JSON under `/__control`. */
const handlers: Readonly<Record<string, Handler>> = {
	"GET /bases": (control) => ok({ bases: control.bases() }),
	"POST /bases": checked(BaseSeed, (control, seed) => ok(control.addBase(seed))),
	"GET /rows": (control, { url }) =>
		ok({ rows: control.rows(url.searchParams.get("base") ?? "", url.searchParams.get("table") ?? "") }),
	"POST /rows": checked(RowSeed, (control, { base, table, cells }) =>
		ok({ id: control.addRow({ baseId: base, table, cells }) }),
	),
	"POST /rows/edit": checked(RowEdit, (control, { base, table, row, cells }) => {
		control.editRow({ baseId: base, table, rowId: row, cells });
		return ok({});
	}),
	"POST /rows/remove": checked(RowAt, (control, { base, table, row }) => {
		control.removeRow({ baseId: base, table, rowId: row });
		return ok({});
	}),
	"POST /tokens": checked(TokenSeed, (control, seed) => ok(control.addToken(seed))),
	"POST /tokens/revoke": checked(Type.Object({ token: Type.String() }), (control, { token }) => {
		control.revokeToken(token);
		return ok({});
	}),
	"POST /oauth/clients": checked(OAuthClient, (control, client) => {
		control.registerClient(client);
		return ok({});
	}),
	"POST /oauth/accounts": checked(OAuthAccount, (control, account) => {
		control.addAccount(account);
		return ok({});
	}),
	"POST /oauth/expire": (control) => {
		control.expireAccessTokens();
		return ok({});
	},
	"POST /oauth/revoke": checked(Type.Object({ email: Type.Optional(Type.String()) }), (control, { email }) => {
		control.revokeGrants(email);
		return ok({});
	}),
	"POST /settings": checked(Settings, applySettings),
	"GET /counters": (control) => ok(control.counters()),
	"GET /upserts": (control) => ok({ upserts: control.upserts() }),
	"GET /faults": (control) => ok({ faults: control.faults() }),
	"POST /faults": checked(FaultRule, (control, rule) => ok(control.plan(rule).view())),
	"DELETE /faults": (control) => {
		control.clearFaults();
		return ok({});
	},
	/** Answers once the fault has struck; held open until then. */
	"GET /faults/struck": async (control, { url }) => {
		const fault = control.fault(Number(url.searchParams.get("id")));
		if (fault === null) return notFound();
		await fault.struck;
		return ok(fault.view());
	},
	"POST /faults/release": checked(Type.Object({ id: Type.Integer() }), (control, { id }) => {
		control.fault(id)?.release();
		return ok({});
	}),
	"POST /reset": (control) => {
		control.reset();
		return ok({});
	},
};

/** Answers one request whose path begins with `/__control`. */
export async function control(hand: SimulatorControl, request: ControlRequest): Promise<Reply> {
	const path = request.url.pathname.slice("/__control".length);
	const handler = handlers[`${request.method} ${path}`];
	if (handler === undefined) return notFound();
	try {
		return await handler(hand, request);
	} catch (error) {
		return failure(400, "CONTROL", error instanceof Error ? error.message : String(error));
	}
}

function applySettings(hand: SimulatorControl, settings: Static<typeof Settings>): Reply {
	const { limits, permission, exhausted, removeField, removeTable, oauth } = settings;
	if (limits !== undefined) hand.setLimits(limits);
	if (oauth !== undefined) hand.setOAuth(oauth);
	if (permission !== undefined) hand.setPermission(permission.base, permission.level);
	if (exhausted !== undefined) hand.setExhausted(exhausted.base, exhausted.value);
	if (removeField !== undefined) hand.removeField({ baseId: removeField.base, ...removeField });
	if (removeTable !== undefined) hand.removeTable(removeTable.base, removeTable.table);
	return ok({});
}

function checked<Schema extends TSchema>(
	schema: Schema,
	handle: (hand: SimulatorControl, body: Static<Schema>) => Reply,
): Handler {
	return (hand, { body }) => {
		if (Value.Check(schema, body)) return handle(hand, body);
		const [problem] = Value.Errors(schema, body);
		return failure(400, "CONTROL", `${problem?.path ?? ""} ${problem?.message ?? "is not understood"}`.trim());
	};
}
