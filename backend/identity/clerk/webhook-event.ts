import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { SheafError } from "../../errors.ts";
import { normalEmail } from "../people.ts";

/** What Clerk knows of a person, as far as Sheaf keeps it. */
export type ClerkUser = {
	/** `user_…` */
	id: string;
	/** The primary address in lower case if Clerk has verified it; else null. */
	verifiedEmail: string | null;
	firstName: string;
	lastName: string;
	/** What tells two accounts apart in a list. */
	label: string;
	/** Messages come in any order: an older one must change nothing. */
	updatedAt: Date;
};

/** What a message asks for; `other` is everything Sheaf has no use for. */
export type ClerkEvent =
	| { kind: "user-saved"; user: ClerkUser }
	| { kind: "user-deleted"; userId: string }
	| { kind: "session-ended"; sessionId: string }
	| { kind: "other" };

const Message = Type.Object({ type: Type.String(), data: Type.Unknown() });
const Id = Type.String({ minLength: 1, maxLength: 255 });
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Thing = Type.Object({ id: Id });
const UserData = Type.Object({
	id: Id,
	first_name: Text,
	last_name: Text,
	username: Text,
	primary_email_address_id: Text,
	email_addresses: Type.Array(
		Type.Object({
			id: Type.String(),
			email_address: Type.String(),
			verification: Type.Optional(Type.Union([Type.Null(), Type.Object({ status: Text })])),
		}),
	),
	/** Milliseconds since the epoch. */
	updated_at: Type.Integer({ minimum: 0, maximum: 8.64e15 }),
});

const maxNameLength = 100;
const maxLabelLength = 254;

/**
 * Reads the body of a verified message.
 *
 * @throws SheafError `request/invalid` when a message of a known type is not what Clerk documents.
 */
export function readEvent(body: string): ClerkEvent {
	const { type, data } = checked(Message, parsed(body));
	switch (type) {
		case "user.created":
		case "user.updated":
			return { kind: "user-saved", user: userOf(checked(UserData, data)) };
		case "user.deleted":
			return { kind: "user-deleted", userId: checked(Thing, data).id };
		case "session.ended":
		case "session.removed":
		case "session.revoked":
			return { kind: "session-ended", sessionId: checked(Thing, data).id };
		default:
			return { kind: "other" };
	}
}

function userOf(data: Static<typeof UserData>): ClerkUser {
	const primary = data.email_addresses.find(({ id }) => id === data.primary_email_address_id);
	const verified = primary?.verification?.status === "verified" ? normalEmail(primary.email_address) : null;
	return {
		id: data.id,
		verifiedEmail: verified,
		firstName: (data.first_name ?? "").slice(0, maxNameLength),
		lastName: (data.last_name ?? "").slice(0, maxNameLength),
		label: (verified ?? data.username ?? "").slice(0, maxLabelLength),
		updatedAt: new Date(data.updated_at),
	};
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		throw invalid();
	}
}

function checked<Schema extends typeof Message | typeof Thing | typeof UserData>(
	schema: Schema,
	value: unknown,
): Static<Schema> {
	if (!Value.Check(schema, value)) throw invalid();
	return value;
}

function invalid(): SheafError {
	return new SheafError("request/invalid", "The message is signed, but not what Clerk documents.");
}
