import { type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { baseOf, type Call, needScope, tableOf } from "./call.ts";
import { properties } from "./json-values.ts";
import { ok, type Reply, refuse, refuseShape } from "./replies.ts";
import { growChoice } from "./seed.ts";
import { type Base, type Field, makeId } from "./state.ts";

const precision = Type.Integer({ minimum: 0, maximum: 8 });
const dateFormat = Type.Object({ name: Type.String(), format: Type.Optional(Type.String()) });
const timeFormat = Type.Object({ name: Type.Union([Type.Literal("12hour"), Type.Literal("24hour")]) });
const choices = Type.Array(Type.Object({ name: Type.String({ minLength: 1 }), color: Type.Optional(Type.String()) }));
const mark = { icon: Type.String(), color: Type.String() };
const exactly = (options: Record<string, TSchema>) => Type.Object(options, { additionalProperties: false });

/** Types that can be made, and the options each needs; null: it takes none. Computed types cannot be made. */
const creatable: Readonly<Record<string, TSchema | null>> = {
	singleLineText: null,
	multilineText: null,
	richText: null,
	url: null,
	email: null,
	phoneNumber: null,
	multipleAttachments: null,
	singleCollaborator: null,
	multipleCollaborators: null,
	barcode: null,
	number: exactly({ precision }),
	percent: exactly({ precision }),
	currency: exactly({ precision, symbol: Type.String({ minLength: 1 }) }),
	duration: exactly({ durationFormat: Type.String({ pattern: "^h:mm(:ss(\\.S{1,3})?)?$" }) }),
	rating: exactly({ ...mark, max: Type.Integer({ minimum: 1, maximum: 10 }) }),
	checkbox: exactly(mark),
	date: exactly({ dateFormat }),
	dateTime: exactly({ dateFormat, timeFormat, timeZone: Type.String({ minLength: 1 }) }),
	singleSelect: exactly({ choices }),
	multipleSelects: exactly({ choices }),
	multipleRecordLinks: exactly({ linkedTableId: Type.String() }),
};

/** `POST /meta/bases/{base}/tables/{table}/fields`: for those who may change the base, one field at a time. */
export function createField(call: Call): Reply {
	needScope(call, "schema.bases:write");
	const base = baseOf(call, call.segments[2], "create");
	const table = tableOf(base, call.segments[4]);
	const { name, type, options } = properties(call.body);
	if (typeof name !== "string" || typeof type !== "string") return refuseShape();
	if (name.trim() === "" || table.fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) {
		return refuse(422, "DUPLICATE_OR_EMPTY_FIELD_NAME", "Field names have to be unique and not empty");
	}
	const field: Field = { id: makeId("fld"), name, type, ...checkedOptions(base, type, options) };
	table.fields.push(field);
	call.world.changed();
	return ok(field);
}

function checkedOptions(base: Base, type: string, options: unknown): Pick<Field, "options"> {
	const wanted = creatable[type];
	if (wanted === undefined) {
		return refuse(422, "UNSUPPORTED_FIELD_TYPE_FOR_CREATE", `Creating ${type} fields is not supported at this time`);
	}
	if (wanted === null ? options !== undefined : !Value.Check(wanted, options)) return refuseOptions(type);
	if (options === undefined) return {};
	const given = properties(options);
	const { linkedTableId } = given;
	if (linkedTableId !== undefined && !base.tables.some(({ id }) => id === linkedTableId)) return refuseOptions(type);
	if (!Array.isArray(given.choices)) return { options: given };
	const names = given.choices.map((choice) => String(properties(choice).name));
	return new Set(names).size === names.length
		? { options: { ...given, choices: names.map(growChoice) } }
		: refuseOptions(type);
}

function refuseOptions(type: string): never {
	return refuse(422, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE", `Invalid options for ${type}`);
}
