import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { Account, fileScope, OAuthClient } from "./oauth.ts";
import { type Cell, cellAt, growSpreadsheet, type Sheet, SpreadsheetSeed, usedRows } from "./state.ts";
import type { World } from "./world.ts";

/** A row by its headings, as a test wants to compare it; empty cells are absent. */
export type NamedRow = Record<string, Cell>;

/** The rows below the headings, the blank ones left out. */
export function namedRows(sheet: Sheet): NamedRow[] {
	const rows: NamedRow[] = [];
	for (let row = 1; row < usedRows(sheet); row += 1) {
		const named: NamedRow = {};
		for (let column = 0; column < sheet.columnCount; column += 1) {
			const [heading, cell] = [cellAt(sheet, 0, column), cellAt(sheet, row, column)];
			if (cell !== null) named[headingText(heading) ?? String(column)] = cell;
		}
		if (Object.keys(named).length > 0) rows.push(named);
	}
	return rows;
}

function headingText(cell: Cell | null): string | null {
	return cell === null || typeof cell === "object" ? null : String(cell);
}

export function sheetIn(world: World, place: { file: string; sheetId: number }): Sheet {
	const sheet = world.files.get(place.file)?.sheets.find(({ sheetId }) => sheetId === place.sheetId);
	if (sheet === undefined) throw new Error(`The simulator has no tab ${place.sheetId} in ${place.file}.`);
	return sheet;
}

const Quotas = Type.Partial(
	Type.Object({
		readsPerUser: Type.Number(),
		writesPerUser: Type.Number(),
		readsPerProject: Type.Number(),
		writesPerProject: Type.Number(),
	}),
);

type Handler = (world: World, request: SimulatedRequest) => SimulatedReply;

/** For tests in other processes: JSON under `/__control`. */
const handlers: Readonly<Record<string, Handler>> = {
	"GET /files": (world) => ok({ files: [...world.files.values()].map(({ id, title }) => ({ id, title })) }),
	"POST /files": checked(SpreadsheetSeed, (world, seed) => {
		world.files.set(seed.id, growSpreadsheet(seed));
	}),
	"GET /rows": (world, { query }) => {
		const place = { file: query.get("file") ?? "", sheetId: Number(query.get("sheetId")) };
		return ok({ rows: namedRows(sheetIn(world, place)) });
	},
	"POST /tokens": checked(Type.Object({ token: Type.String() }), (world, { token }) =>
		world.oauth.plant(token, usualScopes),
	),
	"POST /quotas": checked(Quotas, (world, quotas) => {
		world.quotas.settings = { ...world.quotas.settings, ...quotas };
	}),
	"POST /oauth/clients": checked(OAuthClient, (world, client) => world.oauth.register(client)),
	"POST /oauth/accounts": checked(Account, (world, account) => void world.oauth.accounts.push(account)),
	"POST /oauth/expire": (world) => {
		world.oauth.expireAccess();
		return ok({});
	},
	"POST /oauth/revoke": checked(Type.Object({ email: Type.Optional(Type.String()) }), (world, { email }) =>
		world.oauth.revokeGrants(email),
	),
	"GET /counters": (world) => ok({ throttled: world.throttled }),
};

/** What a person agrees to who leaves all boxes ticked. */
export const usualScopes = [fileScope, "openid", "https://www.googleapis.com/auth/userinfo.email"];

export function answerControl(world: World, request: SimulatedRequest): SimulatedReply {
	const handler = handlers[`${request.method} ${request.pathname.slice("/__control".length)}`];
	if (handler === undefined) return { status: 404, body: {} };
	return handler(world, request);
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
