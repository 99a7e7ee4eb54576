import { baseOf, type Call, levelIn, needScope } from "./call.ts";
import { ok, type Reply, refuseShape } from "./replies.ts";
import type { Table } from "./state.ts";

/** Small enough that a test with a handful of bases has to follow `offset`. */
const basesPerPage = 3;

export function whoAmI({ token }: Call): Reply {
	return ok({
		id: token.userId,
		...(token.tellsScopes === false ? {} : { scopes: token.scopes }),
		...(token.email !== undefined && token.scopes.includes("user.email:read") ? { email: token.email } : {}),
	});
}

export function listBases(call: Call): Reply {
	needScope(call, "schema.bases:read");
	const visible = call.world.state.bases.filter((base) => levelIn(call, base) !== "none");
	const start = offsetOf(call.query.get("offset"));
	const bases = visible
		.slice(start, start + basesPerPage)
		.map((base) => ({ id: base.id, name: base.name, permissionLevel: levelIn(call, base) }));
	const next = start + basesPerPage;
	return ok({ bases, ...(next < visible.length ? { offset: `itr${next}` } : {}) });
}

export function listTables(call: Call): Reply {
	needScope(call, "schema.bases:read");
	const base = baseOf(call, call.segments[2], "read");
	return ok({ tables: base.tables.map(tableView) });
}

function tableView(table: Table): unknown {
	return {
		id: table.id,
		name: table.name,
		primaryFieldId: table.primaryFieldId,
		fields: table.fields,
		views: [{ id: `viw${table.id.slice(3)}`, name: "Grid view", type: "grid" }],
	};
}

function offsetOf(offset: string | null): number {
	if (offset === null) return 0;
	const start = /^itr(\d+)$/.exec(offset)?.[1];
	return start === undefined ? refuseShape() : Number(start);
}
